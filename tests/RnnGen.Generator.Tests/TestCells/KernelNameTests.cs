using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using RnnGen.Generator.Graph;
using RnnGen.Generator.Graph.Layers;
using RnnGen.Generator.Ir;
using RnnGen.Generator.Planning;
using RnnGen.Generator.Tests.Equations;
using RnnGen.Generator.Tests.Infrastructure;
using RnnGen.Tests;
using RnnGen.Tests.Numerics;

namespace RnnGen.Generator.Tests.TestCells;

/// <summary>
/// A cell may call its values what kernels call their own locals: each such name, of kernels of every shape, is given to a value of a test's cell, which must
/// compile and compute what it computes under its usual names.
/// </summary>
public sealed partial class KernelNameTests
{
    private const string Suite = "names of kernels";
    private const int InputSize = 3;
    private const int Steps = 4;

    private static readonly (int Units, int Memory)[] Sizes = [(5, 2), (64, 36), (256, 40)];
    private static readonly string?[] Precisions = [null, "Int8", "BFloat16"];

    /// <summary>Small ones, those of several blocks, back and forth, gathering, and reduced.</summary>
    private static readonly (string Layers, string? Precision)[] Shapes =
    [
        (string.Join('|', Cases.Recurrent.Concat(Cases.PerStep)), null),
        ("Lstm Units=256|Gru Units=128|Rnn Units=300 LayerNorm=true|Lstm Units=17 Direction=Bidirectional|Singular Units=17|MeanPool|Dense Units=19 Activation=Softmax", null),
        ("Conv1D Units=4 KernelSize=3 Dilation=2|Dropout Rate=0.5|Gru Units=40 RecurrentDropout=0.5 LearnedState=true|Skip|Dense Units=3", null),
        ("Lstm Units=64|Gru Units=96|Dense Units=70", "Int8"),
        ("Lstm Units=64|Gru Units=96|Dense Units=70", "BFloat16"),
    ];

    private static readonly Lazy<IReadOnlyList<string[]>> Groups = new(() => Group([.. Own().Concat(OfRelay()).DistinctBy(name => Number().Replace(name, "1")).Order(StringComparer.Ordinal)]));

    [SkippableFact]
    public void A_value_may_have_the_name_of_a_kernels_local()
    {
        Skip.IfNot(SlowTests.Run, SlowTests.WhyNot);
        var catalogue = TestCatalogue.All.With(new LayerKind("Named", new RecurrentParts((spec, _, taped) =>
            new Relay(spec.Number("Units"), spec.Number("Memory"), Groups.Value[spec.Number("Names") - 1]).ToGraph(taped))));
        var sources = Enumerable.Range(1, Groups.Value.Count)
            .SelectMany(group => Places(group).Select(place => Source(
                $"Named({Sizes[place].Units}, {Sizes[place].Memory}, {group})", $"Named{group}Of{Sizes[place].Units}", Precisions[(group + place) % 3])))
            .Append(Source($"Relay({Sizes[0].Units}, {Sizes[0].Memory})", "Usual", null));
        const string Attribute = """
            namespace TestLayers;
            public sealed class NamedAttribute(int units, int memory, int names) : RnnGen.LayerAttribute
            {
                public int Units { get; } = units;
                public int Memory { get; } = memory;
                public int Names { get; } = names;
            }
            """;

        var networks = IGeneratedNetwork.LoadAll(GeneratorRun.Generate(new GeneratorSetup { Catalogue = catalogue }, [TestCatalogue.Attributes, Attribute, .. sources]));

        var (usual, streamed) = Train(networks["Usual"]);
        for (int group = 1; group <= Groups.Value.Count; group++)
        {
            var (pass, stream) = Train(networks[$"Named{group}Of{Sizes[0].Units}"]);
            string names = string.Join(" ", Groups.Value[group - 1]);
            Closeness.Check(Suite, "outputs of " + names, usual.Outputs, pass.Outputs, Closeness.Forward);
            Closeness.Check(Suite, "steps of " + names, streamed, stream, Closeness.Forward);
            Closeness.Check(Suite, "input gradients of " + names, usual.InputGradients, pass.InputGradients, Closeness.Gradient);
            foreach (var (name, gradient) in usual.Gradients)
                Closeness.Check(Suite, name.Split('.')[1], gradient, pass.Gradients[name.Replace("relay0", "named0", StringComparison.Ordinal)], Closeness.Gradient);
        }
    }

    /// <summary>The sizes at which a group of names is compiled: the smallest, whose results are compared, and larger ones for some groups, for all when asked for.</summary>
    private static int[] Places(int group) => SlowTests.Run ? [0, 1 + (group % 2)] : group % 4 == 0 ? [0, 1 + (group / 4 % 2)] : [0];

    [Theory]
    [InlineData("row")]
    [InlineData("x")]
    [InlineData("pre")]
    [InlineData("weights")]
    [InlineData("dhNext")]
    [InlineData("hPrevRow")]
    public void Names_of_all_kinds_are_among_them(string name) => Assert.Contains(name, Groups.Value.SelectMany(group => group));

    /// <summary>The words that kernels have of their own, whatever the cell.</summary>
    private static IEnumerable<string> Own() => Shapes.SelectMany(shape =>
    {
        var spec = Cases.Spec(InputSize, shape.Layers.Split('|')) with { Precision = shape.Precision };
        var values = NetworkPlanner.Plan(spec, TestCatalogue.All).Parts.Where(part => part.Cell is not null)
            .SelectMany(part => part.TapedStages).SelectMany(stage => stage.Stage.Computed.Concat(stage.Product.Accumulators)).ToHashSet();
        return Declared(spec).Where(name => !values.Any(value => name.StartsWith(value, StringComparison.Ordinal) && (name.Length == value.Length || !char.IsLower(name[value.Length]))));
    });

    /// <summary>What kernels of the test's cell make of its usual names.</summary>
    private static IEnumerable<string> OfRelay() =>
        from size in Sizes
        from precision in Precisions
        from name in Declared(Cases.Spec(InputSize, $"Relay Units={size.Units} Memory={size.Memory}") with { Precision = precision })
        select name;

    private static IEnumerable<string> Declared(Spec.NetworkSpec spec) => NetworkCompiler.Compile(spec, TestCatalogue.All)
        .Where(file => file.Name.Contains(".Inference.", StringComparison.Ordinal) || file.Name.Contains(".Training.", StringComparison.Ordinal))
        .SelectMany(file => CSharpSyntaxTree.ParseText(file.Source).GetRoot().DescendantNodes())
        .OfType<MethodDeclarationSyntax>()
        .Where(method => method.Identifier.ValueText != "Run") // it calls kernels and has no equations
        .SelectMany(method => method.DescendantNodes())
        .Select(node => node switch
        {
            ParameterSyntax parameter => parameter.Identifier.ValueText,
            VariableDeclaratorSyntax variable => variable.Identifier.ValueText,
            SingleVariableDesignationSyntax variable => variable.Identifier.ValueText,
            _ => "",
        })
        .Where(name => name.Length > 0 && SyntaxFacts.GetKeywordKind(name) == SyntaxKind.None)
        .Concat(new[] { StagePlanner.PreActivations, StagePlanner.Kept, StagePlanner.Biases, PartInput.Multiplied, BackwardPlanner.InputGradients, BackwardPlanner.OutputGradients }
            .Select(Names.Plain))
        .Distinct();

    /// <summary>As many names as the cell has values, all different from its usual ones and from each other's gradients; the last groups are filled up.</summary>
    private static List<string[]> Group(IReadOnlyList<string> names)
    {
        var usual = Cases.Plan(InputSize, "Relay Units=5 Memory=2").Parts[0].Stages.SelectMany(stage => stage.Stage.Computed.Concat(stage.Product.Accumulators));
        string[] states = [.. usual, "hPrev", "mPrev", "vPrev"];
        var groups = new List<List<string>>();
        foreach (string name in names.Where(name => Fits(states, name)))
            if (groups.Find(group => group.Count < Relay.Values.Length && Fits(group, name)) is { } group)
                group.Add(name);
            else
                groups.Add([name]);
        foreach (var group in groups)
            for (int filler = 0; group.Count < Relay.Values.Length; filler++)
                group.Add("filler" + (char)('a' + filler));
        return [.. groups.Select(group => group.ToArray())];

        static bool Fits(IEnumerable<string> others, string name) => others.All(other => other != name && other != Names.Gradient(name) && name != Names.Gradient(other));
    }

    private static (Pass Pass, float[] Stream) Train(IGeneratedNetwork network)
    {
        var random = new Random(5);
        foreach (var parameter in network.Parameters)
            parameter.Set(Draw(random, parameter.Count));
        float[] frames = Draw(random, Steps * InputSize);
        return (network.Train(SequenceBatch.FromTimeMajor(frames, Steps, 1, InputSize), [], Draw(random, Steps * Sizes[0].Units), []), network.Stream([], frames).Outputs);
    }

    /// <summary>What tells names of one kind from each other: one of them will do.</summary>
    [GeneratedRegex("[0-9]+")]
    private static partial Regex Number();

    private static float[] Draw(Random random, int count) => [.. Enumerable.Range(0, count).Select(_ => random.NextSingle() - 0.5f)];

    private static string Source(string layer, string name, string? precision) => $"""
        using RnnGen;
        using TestLayers;
        [Network({InputSize}{(precision is null ? "" : $", Precision = Precision.{precision}")})]
        [{layer}]
        public sealed partial class {name};
        """;
}
