package io.windhover.source.parse;

import io.windhover.source.Rule;

/// What each language calls the rules that all of them have.
public record SyntaxRules(
    Rule unclosedComment,
    Rule unclosedText,
    Rule badCharacter,
    Rule badName,
    Rule badNumber,
    Rule syntax,
    Rule tooDeep) {}
