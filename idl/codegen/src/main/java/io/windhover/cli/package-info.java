/// The `windhover` command line. Start at [io.windhover.cli.Windhover]; a command is one class.
package io.windhover.cli;
