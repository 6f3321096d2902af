package io.windhover.interop;

/// How one scenario ended.
///
/// @param scenario its name, the same in every language
/// @param ok whether everything was as it has to be
/// @param detail what went wrong, or what the scenario found worth telling
record Outcome(String scenario, boolean ok, String detail) {}
