/// Runs the plugins of a run and puts their files together with the generator's. Start at
/// [io.windhover.plugin.host.Plugins].
package io.windhover.plugin.host;
