package io.windhover.rpc.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.windhover.rpc.ApplicationException;
import io.windhover.rpc.BusinessException;
import io.windhover.rpc.CallListener;
import io.windhover.rpc.ClientErrorHandler;
import io.windhover.rpc.Invocation;
import io.windhover.rpc.Protocol;
import io.windhover.rpc.RpcException;
import io.windhover.rpc.ServerErrorHandler;
import io.windhover.rpc.fixture.EchoFixture;
import io.windhover.rpc.fixture.ToClose;
import io.windhover.rpc.server.Server;
import java.io.IOException;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What users make of failures, on both sides of a call.
@Timeout(20)
final class ErrorHandlerTest {

  @RegisterExtension final ToClose toClose = new ToClose();

  // ---- of a server

  @Test
  void tellsCallersABusinessStatus() throws IOException {
    var client =
        client(
            serve(
                ErrorHandlerTest::fails,
                (_, failure) -> new BusinessException(404, String.valueOf(failure.getMessage()))));

    assertThatThrownBy(() -> EchoFixture.echo(client, "order"))
        .isInstanceOfSatisfying(
            BusinessException.class,
            status -> {
              assertThat(status.code()).isEqualTo(404);
              assertThat(status.text()).isEqualTo("no order");
            });
  }

  @Test
  void tellsCallersAnError() throws IOException {
    var client =
        client(
            serve(
                ErrorHandlerTest::fails,
                (call, _) -> new ApplicationException(1003, call.name() + ": denied")));

    assertThatThrownBy(() -> EchoFixture.echo(client, ""))
        .isInstanceOfSatisfying(
            RpcException.class,
            e -> {
              assertThat(e.remoteCode()).isEqualTo(1003);
              assertThat(e.errorId()).isEmpty();
            })
        .hasMessageContaining("error 1003: Echo/echo: denied");
  }

  @Test
  void tellsCallersSomeOfATextThatNoReplyHolds() throws IOException {
    var client =
        client(
            serve(
                ErrorHandlerTest::fails,
                (_, _) -> new ApplicationException(1003, "x".repeat(20 << 20))));

    assertThatThrownBy(() -> EchoFixture.echo(client, ""))
        .isInstanceOfSatisfying(RpcException.class, e -> assertThat(e.remoteCode()).isEqualTo(1003))
        .hasMessageContaining("error 1003: xxx");
  }

  @Test
  void leavesTheOrdinaryAnswer() throws IOException {
    var seen = new CopyOnWriteArrayList<Throwable>();
    var client =
        client(
            serve(
                ErrorHandlerTest::fails,
                (_, failure) -> {
                  seen.add(failure);
                  return failure;
                }));

    assertThatThrownBy(() -> EchoFixture.echo(client, "luck"))
        .isInstanceOfSatisfying(
            RpcException.class,
            e -> {
              assertThat(e.remoteCode()).isEqualTo(6);
              assertThat(e.errorId()).isPresent();
            });
    assertThat(seen).singleElement().isInstanceOf(NoSuchElementException.class);
  }

  @Test
  void seesBusinessStatusesAndErrorsAsWell() throws IOException {
    var seen = new CopyOnWriteArrayList<String>();
    var client =
        client(
            serve(
                text -> {
                  if (text.isEmpty()) {
                    throw new StackOverflowError("deep");
                  }
                  throw new BusinessException(7, text);
                },
                (_, failure) -> {
                  seen.add(failure.getMessage());
                  return new BusinessException(8, "instead");
                }));

    assertThatThrownBy(() -> EchoFixture.echo(client, "")).hasMessage("8: instead");
    assertThatThrownBy(() -> EchoFixture.echo(client, "no")).hasMessage("8: instead");
    assertThat(seen).containsExactly("deep", "7: no");
  }

  @Test
  void failsTheCallOnlyIfItThrowsItself() throws IOException {
    var client =
        client(
            serve(
                text -> text.isEmpty() ? fails(text) : text,
                (_, _) -> {
                  throw new IllegalStateException("the handler of errors is at fault");
                }));

    assertThatThrownBy(() -> EchoFixture.echo(client, ""))
        .isInstanceOfSatisfying(RpcException.class, e -> assertThat(e.remoteCode()).isEqualTo(6))
        .hasMessageContaining("Echo/echo failed in its handler, error id ");
    assertThat(EchoFixture.echo(client, "still there")).isEqualTo("still there");
    assertThat(client.openConnections()).isOne();
  }

  @Test
  void mayThrowWhatItCouldReturn() throws IOException {
    var client =
        client(
            serve(
                ErrorHandlerTest::fails,
                (_, _) -> {
                  throw new ApplicationException(1003, "denied");
                }));

    assertThatThrownBy(() -> EchoFixture.echo(client, ""))
        .isInstanceOfSatisfying(
            RpcException.class, e -> assertThat(e.remoteCode()).isEqualTo(1003));
  }

  @Test
  void handlesCallsInTheSameProcess() throws IOException {
    var server = serve(ErrorHandlerTest::fails, (_, _) -> new BusinessException(404, "none"));

    assertThatThrownBy(() -> EchoFixture.echo(server.inProcess(), "")).hasMessage("404: none");
  }

  // ---- of a client

  @Test
  void turnsAFailureIntoAnotherException() throws IOException {
    var server =
        serve(
            ErrorHandlerTest::fails,
            (_, failure) -> new BusinessException(404, String.valueOf(failure.getMessage())));
    var client =
        client(
            server,
            (call, failure) ->
                failure instanceof BusinessException status && status.code() == 404
                    ? new NoSuchElementException(call.name() + ": " + status.text())
                    : failure);

    assertThatThrownBy(() -> EchoFixture.echo(client, "order"))
        .isInstanceOf(NoSuchElementException.class)
        .hasMessage("Echo/echo: no order");
    assertThatThrownBy(() -> EchoFixture.callUnknown(client))
        .isInstanceOfSatisfying(RpcException.class, e -> assertThat(e.remoteCode()).isOne());
  }

  @Test
  void seesCallsThatWereNotSent() {
    var client =
        toClose.keep(
            Client.builder("127.0.0.1:1")
                .errorHandler((_, failure) -> new IllegalStateException("down", failure))
                .build());

    assertThatThrownBy(() -> EchoFixture.echo(client, ""))
        .hasMessage("down")
        .cause()
        .isInstanceOfSatisfying(RpcException.class, e -> assertThat(e.isSafeToRetry()).isTrue());
  }

  @Test
  void givesTheCallerWhatItThrowsItself() throws IOException {
    var client =
        client(
            serve(ErrorHandlerTest::fails, (_, failure) -> failure),
            (_, _) -> {
              throw new IllegalStateException("at fault");
            });

    assertThatThrownBy(() -> EchoFixture.echo(client, ""))
        .isInstanceOf(IllegalStateException.class)
        .satisfies(
            e -> assertThat(e.getSuppressed()).singleElement().isInstanceOf(RpcException.class));
  }

  @Test
  void comesAfterListeners() throws IOException {
    var ended = new CopyOnWriteArrayList<@Nullable Throwable>();
    var server = serve(ErrorHandlerTest::fails, (_, failure) -> failure);
    var client =
        toClose.keep(
            Client.builder("127.0.0.1:" + server.port())
                .listener(
                    new CallListener() {
                      @Override
                      public void ended(Invocation call, @Nullable Throwable failure) {
                        ended.add(Objects.requireNonNull(failure));
                      }
                    })
                .errorHandler((_, _) -> new IllegalStateException("another"))
                .build());

    assertThatThrownBy(() -> EchoFixture.echo(client, "")).hasMessage("another");
    assertThat(ended).singleElement().isInstanceOf(RpcException.class);
  }

  private static String fails(String text) {
    throw new NoSuchElementException("no " + text);
  }

  private Server serve(UnaryOperator<String> handler, ServerErrorHandler errors)
      throws IOException {
    return toClose.keep(
        Server.builder().port(0).service(EchoFixture.serve(handler)).errorHandler(errors).start());
  }

  private Client client(Server server) {
    return client(server, (_, failure) -> failure);
  }

  private Client client(Server server, ClientErrorHandler errors) {
    return toClose.keep(
        Client.builder("127.0.0.1:" + server.port())
            .protocol(Protocol.TTHEADER)
            .errorHandler(errors)
            .build());
  }
}
