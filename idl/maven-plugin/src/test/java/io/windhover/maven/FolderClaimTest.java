package io.windhover.maven;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

final class FolderClaimTest {
  private static final List<Path> FILES = List.of(Path.of("a.thrift"));

  private final FolderClaim claim = new FolderClaim("generate-default", FILES);

  @Test
  void isDisputedByAnotherExecutionForOtherFiles() {
    assertThat(claim.isDisputedBy(new FolderClaim("generate-second", List.of()))).isTrue();
  }

  @Test
  void isSharedByAnotherExecutionForTheSameFiles() {
    assertThat(claim.isDisputedBy(new FolderClaim("generate-default-cli", FILES))).isFalse();
  }

  @Test
  void isRenewedByTheSameExecution() {
    assertThat(claim.isDisputedBy(new FolderClaim("generate-default", List.of()))).isFalse();
  }
}
