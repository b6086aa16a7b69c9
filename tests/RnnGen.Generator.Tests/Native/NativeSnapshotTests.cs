using RnnGen.Generator.Tests.Infrastructure;

namespace RnnGen.Generator.Tests.Native;

/// <summary>What is generated for C, as a reviewer reads it.</summary>
[UsesVerify]
public sealed class NativeSnapshotTests
{
    private const string Digits = "[RnnGen.Network(20)] [RnnGen.Lstm(64)] [RnnGen.LastStep] [RnnGen.Dense(10, RnnGen.Activation.Softmax)] "
        + "[RnnGen.NativeExport(\"digits\")] public sealed partial class DigitRecognizer;";

    private const string Classes = "[RnnGen.Network(OneHot = 65)] [RnnGen.Gru(8)] [RnnGen.NativeExport(\"chars\")] public sealed partial class Chars;";

    private const string BothWays =
        "[RnnGen.Network(3)] [RnnGen.Gru(8, Direction = RnnGen.Direction.Bidirectional)] [RnnGen.NativeExport(\"bothWays\")] public sealed partial class Both;";

    [Theory]
    [InlineData("digits", Digits)]
    [InlineData("chars", Classes)]
    [InlineData("bothWays", BothWays)]
    public Task Header(string prefix, string source) =>
        Snapshot.Match(NativeFiles.Of(GeneratorRun.Of(source).AssertCompiles())[prefix + ".h"], "h", prefix);

    [Fact]
    public Task Loader() => Snapshot.Match(NativeFiles.Of(GeneratorRun.Of(Digits).AssertCompiles())["digits.loader.c"], "c");

    [Theory]
    [InlineData("digits", Digits)]
    [InlineData("chars", Classes)]
    [InlineData("bothWays", BothWays)]
    public Task EntryPoints(string prefix, string source)
    {
        var files = GeneratorRun.Of(source).AssertCompiles().Sources;
        return Snapshot.Match(files.Single(file => file.Name.EndsWith(".NativeEntryPoints.g.cs", StringComparison.Ordinal)).Source, "cs", prefix);
    }
}
