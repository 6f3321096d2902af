/// What a plugin of the generator is written against that is a Java class: implement
/// [io.windhover.plugin.GeneratorPlugin].
package io.windhover.plugin;
