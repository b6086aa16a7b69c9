using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis;
using RnnGen.Generator.Tests.Infrastructure;
using RnnGen.Tests;

namespace RnnGen.Generator.Tests;

/// <summary>Attributes by chance, sensible and absurd. Neither generator nor analyzer ever throws (every run asserts it); a network gets errors or files.</summary>
public sealed class FuzzTests
{
    private const int Networks = 8;

    private static readonly int[] SensibleSizes = [1, 2, 3, 7, 8, 15, 16, 17, 31, 32, 33, 48, 64, 100];
    private static readonly int[] AbsurdSizes = [0, -1, int.MinValue, int.MaxValue, 16384, 16385, 65536];
    private static readonly string[] Names =
    [
        "null", "\"a\"", "\"b\"", "\"gru1\"", "\"enc-1\"", "\"ENC.1\"", "\"\"", "\" \"", "\"é\"", "\"{0}\"", "\"\\0\"", "\"class\"",
    ];


    private static readonly string[] Activations =
    [
        "Activation.Linear", "Activation.Relu", "Activation.Tanh", "Activation.Sigmoid", "Activation.Softmax", "(Activation)77",
    ];

    private static readonly string[] Classes =
    [
        "sealed partial class @", "partial class @", "sealed partial class @<T>", "class @", "abstract partial class @", "partial record @",
    ];

    private static readonly string[] Bodies = [";", ";", ";", "{ }", "{ int TapeRegions; }", "{ void Step() { } }", "{ public @(long seed) { } }", "{ static @() { } }"];
    private static readonly string[] Tokens =
    [
        "[", "]", "(", ")", "{", "}", "<", ">", ",", ";", "=", "\"", "Network", "Lstm", "Dense", "LastStep", "Name", "Activation", "partial", "class", "record",
        "struct", "static",
        "-1", "99999999999", "1e3", "null", "typeof(int)", "new int[] { 1 }", "nameof(Net)", "Net", "T", "@", "\\u0000", "file", "namespace", "using", "RnnGen",
        ".", "::", "where",
    ];

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 8)];

    /// <summary>Those of networks that are compiled, which takes its time.</summary>
    public static TheoryData<int> SeedsToCompile => [.. Enumerable.Range(1, SlowTests.Run ? 16 : 4)];

    [Theory]
    [MemberData(nameof(SeedsToCompile))]
    public void Well_formed_attributes_give_errors_or_code_that_compiles(int seed)
    {
        var random = new Random(seed);
        var sources = Enumerable.Range(0, Networks).Select(index => Network(random, $"Net{index}")).ToList();
        var run = GeneratorRun.Of(new GeneratorSetup(), ["global using RnnGen;", .. sources]);

        foreach (var (source, index) in sources.Select((source, index) => (source, index)))
        {
            var file = $"User{index + 1}.cs";
            var hasErrors = run.Diagnostics.Any(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error && diagnostic.Location.SourceTree!.FilePath == file);
            var hasFiles = run.Sources.Any(generated => generated.Name.Split('.', '{')[0] == $"Net{index}");
            Assert.True(hasErrors != hasFiles, $"Errors: {hasErrors}, files: {hasFiles}, of\n{source}");
        }

        // The compiler may have a word of its own on what is refused; what is accepted must be clean.
        var refused = run.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).Select(diagnostic => diagnostic.Location.SourceTree);
        Assert.Equal([], run.CompilerProblems().Where(problem => !refused.Contains(problem.Location.SourceTree)).Select(problem => problem.ToString()));
    }

    [Fact]
    public void Chance_gives_networks_of_both_kinds()
    {
        var runs = Enumerable.Range(1, 10).Select(seed => GeneratorRun.Of(new GeneratorSetup(), "global using RnnGen;", Network(new Random(seed), "Net"))).ToList();

        Assert.Contains(runs, run => run.Sources.Count > 0);
        Assert.Contains(runs, run => run.Sources.Count == 0);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Broken_code_is_left_to_the_compiler(int seed)
    {
        var random = new Random(-seed);
        for (var i = 0; i < 10; i++)
            GeneratorRun.Of("using RnnGen;\n" + Break(random, Network(random, "Net")));
    }

    private static string Network(Random random, string name)
    {
        var isSensible = random.Next(3) > 0;
        var text = new StringBuilder(Invariant($"[Network({Size(random, isSensible)}{(random.Next(2) == 0 ? ", Training = false" : "")})] "));
        for (var layers = random.Next(isSensible ? 1 : 0, 4); layers > 0; layers--)
            text.Append(Layer(random, isSensible)).Append(' ');
        if (isSensible && random.Next(2) == 0)
            text.Append(random.Next(2) == 0 ? "[LastStep] " : "").Append(Invariant($"[Dense({Size(random, true)}, Activation.Softmax)] "));
        var declaration = isSensible ? Classes[random.Next(3)] + Bodies[random.Next(4)] : Pick(random, Classes) + Pick(random, Bodies);
        return text + declaration.Replace("@", name);
    }

    private static string Layer(Random random, bool isSensible)
    {
        var name = isSensible || random.Next(2) == 0 ? "" : $", Name = {Pick(random, Names)}";
        var size = Size(random, isSensible);
        var activation = isSensible ? Activations[random.Next(1, 3)] : Pick(random, Activations);
        return random.Next(isSensible ? 4 : 5) switch
        {
            0 => Invariant($"[Rnn({size}, Activation = {activation}{name})]"),
            1 => Invariant($"[Lstm({size}{name})]"),
            2 => Invariant($"[Gru({size}{name})]"),
            3 => Invariant($"[Dense({size}, {activation}{name})]"),
            _ => "[LastStep]",
        };
    }

    /// <summary>Deletes, repeats or inserts a few pieces.</summary>
    private static string Break(Random random, string source)
    {
        for (var edits = random.Next(1, 4); edits > 0; edits--)
        {
            var at = random.Next(source.Length + 1);
            var length = random.Next(Math.Min(12, source.Length - at) + 1);
            source = random.Next(3) switch
            {
                0 => source.Remove(at, length),
                1 => source.Insert(at, source.Substring(at, length)),
                _ => source.Insert(at, Pick(random, Tokens)),
            };
        }

        return source;
    }

    private static int Size(Random random, bool isSensible) => Pick(random, isSensible || random.Next(2) == 0 ? SensibleSizes : AbsurdSizes);

    private static T Pick<T>(Random random, T[] items) => items[random.Next(items.Length)];

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
