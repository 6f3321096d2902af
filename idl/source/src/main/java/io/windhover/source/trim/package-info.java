/// What trimmers of all IDLs share: what is wanted ([Selection]), how the rest is taken out of a
/// text ([Cut]), and what is left ([Trimmed]).
package io.windhover.source.trim;
