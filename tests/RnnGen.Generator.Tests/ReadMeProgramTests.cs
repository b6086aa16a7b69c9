using System.Text.RegularExpressions;
using RnnGen.Generator.Tests.Infrastructure;

namespace RnnGen.Generator.Tests;

/// <summary>The README's code is a program with two usings.</summary>
public sealed partial class ReadMeProgramTests
{
    [Fact]
    public void It_compiles()
    {
        string[] blocks = [.. Code().Matches(Repository.Read("README.md").ReplaceLineEndings("\n")).Select(match => match.Groups[1].Value)];
        string spec = blocks.First(block => block.StartsWith("[Network(", StringComparison.Ordinal));
        string use = blocks.First(block => block.StartsWith("using var net", StringComparison.Ordinal));

        var run = GeneratorRun.Of($$"""
            using RnnGen;
            using RnnGen.Training;

            {{spec}}

            public static class Program
            {
                public static void Use(
                    float[] frame, float[] scores, DigitRecognizer.State stream, float[] frames, float[] answer, float[][] sequences, float[] answers, int[] digits, string path)
                {
                    {{use}}
                }
            }
            """);

        Assert.Empty(run.Ids);
        run.AssertCompiles();
    }

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Code();
}
