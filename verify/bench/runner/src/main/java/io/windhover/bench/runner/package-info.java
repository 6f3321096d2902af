/// Measures contestants side by side: starts each one's server and client as processes of their
/// own, gives them the same work in turns, and reports what that took.
///
/// Start at [Bench], the command line, then [Tournament], the order of things. [Roster] says who
/// takes part, [Plan] what is measured, [Duel] holds the two processes of a contestant.
@NullMarked
package io.windhover.bench.runner;

import org.jspecify.annotations.NullMarked;
