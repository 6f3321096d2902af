/// Changes between two versions of an IDL, and how they are shown.
///
/// A [Change] is by a [ChangeRule], of which each language has its own; [Report] shows many.
package io.windhover.source.diff;
