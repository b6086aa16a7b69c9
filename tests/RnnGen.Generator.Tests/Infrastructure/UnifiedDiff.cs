using System.Text;
using DiffPlex.DiffBuilder;
using DiffPlex.DiffBuilder.Model;

namespace RnnGen.Generator.Tests.Infrastructure;

/// <summary>Shows in a failure's message what has changed, as git would.</summary>
internal static class UnifiedDiff
{
    private const int Context = 3;

    /// <summary>The changed lines and three around them; <c>-</c> is what was expected, <c>+</c> what came.</summary>
    public static string Of(string expected, string actual)
    {
        var lines = InlineDiffBuilder.Diff(expected, actual).Lines;
        var text = new StringBuilder();
        var isGap = false;
        for (var i = 0; i < lines.Count; i++)
        {
            var isNear = Enumerable.Range(i - Context, (2 * Context) + 1).Any(j => j >= 0 && j < lines.Count && lines[j].Type != ChangeType.Unchanged);
            if (isNear)
                text.Append(isGap ? "@@\n" : "").Append(Mark(lines[i].Type)).Append(' ').Append(lines[i].Text).Append('\n');
            isGap = !isNear;
        }

        return text.ToString();
    }

    private static char Mark(ChangeType type) => type switch
    {
        ChangeType.Inserted => '+',
        ChangeType.Deleted => '-',
        _ => ' ',
    };
}
