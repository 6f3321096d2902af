package io.windhover.bench.runner;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// All processes that run now, so that none outlives the runner: whatever ends it in an orderly way
/// kills them, stopped ones too. If it is killed itself, they see the end of their standard input.
final class Children {

  private final Set<Process> running = ConcurrentHashMap.newKeySet();
  private volatile boolean ending;

  Children() {
    Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(this::killAll));
  }

  void add(Process process) {
    running.add(process);
    if (ending) {
      process.destroyForcibly();
    }
  }

  void kill(Process process) {
    process.destroyForcibly();
    running.remove(process);
  }

  private void killAll() {
    ending = true;
    running.forEach(Process::destroyForcibly);
  }
}
