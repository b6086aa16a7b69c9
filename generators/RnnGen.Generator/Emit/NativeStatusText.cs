using System.Text.RegularExpressions;
using RnnGen.Runtime;

namespace RnnGen.Generator.Emit;

/// <summary>
/// What each code says: the documentation of the file that declares them, which this assembly has as a resource. A header's reader and the runtime's thus read
/// one text.
/// </summary>
internal static class NativeStatusText
{
    private static readonly Regex Member = new(@"/// <summary>(?<text>.+)</summary>\s+(?<name>\w+) = \d+,", RegexOptions.CultureInvariant);

    private static readonly Dictionary<string, string> Texts =
        Member.Matches(Source()).Cast<Match>().ToDictionary(match => match.Groups["name"].Value, match => match.Groups["text"].Value, StringComparer.Ordinal);

    /// <summary>All codes.</summary>
    public static IEnumerable<NativeStatus> All => Enum.GetValues(typeof(NativeStatus)).Cast<NativeStatus>();

    /// <summary>A sentence.</summary>
    public static string Of(NativeStatus status) => Texts[status.ToString()];

    private static string Source()
    {
        using var reader = new StreamReader(typeof(NativeStatusText).Assembly.GetManifestResourceStream("NativeStatus.cs")!);
        return reader.ReadToEnd();
    }
}
