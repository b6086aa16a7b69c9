using Microsoft.CodeAnalysis.Text;

namespace RnnGen.Mutations;

/// <summary>One small fault in a source file.</summary>
/// <param name="File">The file, relative to the repository.</param>
/// <param name="Line">The line of the fault, from 1.</param>
/// <param name="Span">The text that is replaced.</param>
/// <param name="Before">The expression or statement, for a reader.</param>
/// <param name="After">The same with the fault.</param>
internal sealed record Mutant(string File, int Line, TextSpan Span, string Before, string After)
{
    /// <summary>What replaces the text at <see cref="Span"/>.</summary>
    public required string Text { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{File}:{Line}: `{OneLine(Before)}` → `{OneLine(After)}`";

    private static string OneLine(string text)
    {
        string line = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return line.Length <= 90 ? line : line[..87] + "...";
    }
}
