package io.windhover.source.parse;

import java.util.regex.Pattern;

/// What the tokens of a language look like.
///
/// @param symbols the characters that are tokens by themselves
/// @param hasHashComments whether `#` begins a comment, as `//` does
/// @param hasDottedNames whether a name may hold dots, and is one token then
/// @param hasSignedNumbers whether a sign right before a number is a part of it
/// @param integer matches all of a whole number
/// @param decimal matches all of another number
public record Lexicon(
    String symbols,
    boolean hasHashComments,
    boolean hasDottedNames,
    boolean hasSignedNumbers,
    Pattern integer,
    Pattern decimal,
    SyntaxRules rules) {}
