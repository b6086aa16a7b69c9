using System.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using RnnGen.Generator;

namespace RnnGen.Benchmarks.Quick;

/// <summary>The generator itself: its time inside the compiler, what it writes, and what the compiler then needs for it.</summary>
internal static class GeneratorTable
{
    private const int Runs = 12;

    private static readonly (string Name, string Layers)[] Networks =
    [
        ("LSTM(64), softmax", "[Network(20)] [Lstm(64)] [LastStep] [Dense(10, Activation.Softmax)]"),
        ("4 layers: LSTM(128) LSTM(128) GRU(64) Dense(10)", "[Network(40)] [Lstm(128)] [Lstm(128)] [Gru(64)] [Dense(10)]"),
        ("4 layers, odd sizes: LSTM(100) GRU(33) RNN(17) Dense(7)", "[Network(3)] [Lstm(100)] [Gru(33)] [Rnn(17)] [Dense(7)]"),
        ("4 layers, large: LSTM(512) × 3, Dense(10)", "[Network(64)] [Lstm(512)] [Lstm(512)] [Lstm(512)] [Dense(10)]"),
        ("4 layers: LSTM(128) × 4", "[Network(40)] [Lstm(128)] [Lstm(128)] [Lstm(128)] [Lstm(128)]"),
        ("4 layers of a user's cell: an LSTM(128) as equations × 4", Own("[Network(40)] [Lstm(128)] [Lstm(128)] [Lstm(128)] [Lstm(128)]")),
        ("the same with peepholes and projections to 64", Own(string.Concat("[Network(40)]", string.Concat(Enumerable.Repeat("[Lstm(128, Peephole = true, Projection = 64)]", 4))))),
    ];

    public static string Measure()
    {
        var table = new MarkdownTable("generator", "first ms", "min ms", "median ms", "source KB", "Avx512", "Avx2", "Portable", "compile ms", "image KB");
        foreach (var (name, layers) in Networks)
        {
            var compilation = Compile($"using RnnGen; {layers} public sealed partial class Net;", ReadCell());
            var seconds = new List<double>();
            GeneratorDriver driver = CSharpGeneratorDriver.Create(new RnnGenerator());
            Compilation output = compilation;
            for (int run = 0; run < Runs; run++)
            {
                // One that knows nothing yet, as after each edit.
                var edited = compilation.Clone();
                long start = Stopwatch.GetTimestamp();
                driver = CSharpGeneratorDriver.Create(new RnnGenerator()).RunGeneratorsAndUpdateCompilation(edited, out output, out _);
                seconds.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            }

            var sources = driver.GetRunResult().Results[0].GeneratedSources;
            var (compile, image) = Emit(compilation, output);
            double first = seconds[0];
            seconds.Sort();
            table.Add(
                name,
                $"{first:F0}",
                $"{seconds[0]:F0}",
                $"{seconds[Runs / 2]:F0}",
                Size(""),
                Size(".Avx512."),
                Size(".Avx2."),
                Size(".Portable."),
                $"{compile:F0}",
                image >> 10);

            string Size(string part) =>
                $"{sources.Where(source => source.HintName.Contains(part, StringComparison.Ordinal)).Sum(source => source.SourceText.Length) / 1024.0:F0}";
        }

        return table.ToString();
    }

    /// <summary>The same layers by the user's attribute.</summary>
    private static string Own(string layers) => layers.Replace("[Lstm(", "[RnnGen.Tests.Cells.Vocabulary.Lstm(", StringComparison.Ordinal);

    private static string ReadCell()
    {
        using var reader = new StreamReader(typeof(GeneratorTable).Assembly.GetManifestResourceStream("LstmAttribute.cs")!);
        return "using System; using RnnGen;\n" + reader.ReadToEnd();
    }

    private static CSharpCompilation Compile(string network, string cell) => CSharpCompilation.Create(
        "Networks",
        [CSharpSyntaxTree.ParseText(network, CSharpParseOptions.Default), .. network.Contains("Vocabulary", StringComparison.Ordinal) ? [CSharpSyntaxTree.ParseText(cell, CSharpParseOptions.Default)] : Array.Empty<SyntaxTree>()],
        ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(path => MetadataReference.CreateFromFile(path)),
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release, nullableContextOptions: NullableContextOptions.Enable, concurrentBuild: false));

    /// <summary>The fastest of three compilations of the generated files, in ms, and the size of the image.</summary>
    private static (double Milliseconds, long Bytes) Emit(CSharpCompilation input, Compilation output)
    {
        double best = double.MaxValue;
        long bytes = 0;
        for (int run = 0; run < 3; run++)
        {
            var fresh = input.AddSyntaxTrees(output.SyntaxTrees.Except(input.SyntaxTrees));
            using var image = new MemoryStream();
            long start = Stopwatch.GetTimestamp();
            var result = fresh.Emit(image);
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            bytes = result.Success ? image.Length : throw new InvalidOperationException(string.Join('\n', result.Diagnostics.Where(problem => problem.Severity == DiagnosticSeverity.Error)));
        }

        return (best, bytes);
    }
}
