using Xunit.Abstractions;

namespace RnnGen.Formats.Tests;

/// <summary>Damaged files of each format end in a <see cref="FormatException"/>, soon, or are read.</summary>
/// <param name="report">Receives a line per file.</param>
public sealed class MutationTests(ITestOutputHelper report)
{
    public static TheoryData<string> Formats => [.. MutatedFormats.All.Keys];

    [Theory]
    [MemberData(nameof(Formats))]
    public void Mutations_end_in_FormatException(string format) => Mutations.Read([.. MutatedFormats.All[format]()], report);
}
