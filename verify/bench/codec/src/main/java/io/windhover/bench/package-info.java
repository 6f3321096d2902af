/// Questions of speed, each answered beside a peer. Start at [Compare], which runs them in turn and
/// prints the ratios.
package io.windhover.bench;
