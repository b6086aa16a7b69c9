using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using RnnGen.Generator.Cells;
using RnnGen.Generator.Graph;
using RnnGen.Generator.Planning;
using RnnGen.Generator.Reading;
using RnnGen.Generator.Spec;
using RnnGen.Generator.Tests.Equations;
using RnnGen.Generator.Tests.Infrastructure;

namespace RnnGen.Generator.Tests.Cells;

/// <summary>
/// The vocabulary of users says all that the recurrent layers of RnnGen are: each of them, written in it (<c>RnnGen.Tests.Cells.Vocabulary</c>), has the same
/// equations, the same plan and the same generated code, whatever the options. So it has the same bits as well.
/// </summary>
public sealed partial class VocabularyTests
{
    private const string BuiltIn = "BuiltIn";
    private const string Own = "Own";

    private static readonly string[] Cells = ["Rnn", "Lstm", "Gru"];

    private static readonly string[] Combined =
    [
        "Rnn Units=5 LayerNorm=true Bias=false Clip=0.3 LearnedState=true RecurrentDropout=0.5",
        "Lstm Units=5 LayerNorm=true RecurrentDropout=0.5 LearnedState=true", "Lstm Units=5 LayerNorm=true Peephole=true CoupledGates=true Bias=false Clip=0.3",
        "Lstm Units=9 Projection=3 RecurrentDropout=0.5 Peephole=true LearnedState=true", "Lstm Units=3 Projection=9 LayerNorm=true CellClip=0.4",
        "Lstm Units=5 Peephole=true GateActivation=Elu CandidateActivation=Gelu CellActivation=Swish Clip=0.3 CellClip=0.2",
        "Lstm Units=5 Peephole=true LayerNorm=true GateActivation=LeakyRelu GateAlpha=0.2",
        "Gru Units=5 LayerNorm=true RecurrentDropout=0.5", "Gru Units=5 RecurrentDropout=0.5 Reset=BeforeProduct LearnedState=true",
        "Gru Units=5 LayerNorm=true RecurrentDropout=0.5 Reset=BeforeProduct Clip=0.3", "Gru Units=5 LayerNorm=true GateActivation=Gelu CandidateActivation=Elu Bias=false",
        "Gru Units=5 Direction=Bidirectional Merge=Sum LayerNorm=true RecurrentDropout=0.5",
    ];

    private static readonly IReadOnlyList<string> All = [.. Cases.Recurrent.Where(layer => Cells.Contains(layer.Split(' ')[0])).Concat(Combined).Distinct()];

    private static readonly Lazy<Compilation> Project = new(() => new GeneratorSetup().Compile(
        [.. Cells.Select(Source), .. new[] { BuiltIn, Own }.SelectMany(space => All.Select((layer, index) => Network(space, layer, index)))]));

    public static TheoryData<string> Layers => [.. All];

    [Theory]
    [MemberData(nameof(Layers))]
    public void A_layer_of_RnnGen_is_the_same_in_the_vocabulary(string layer)
    {
        var (expected, actual) = (Spec(BuiltIn, layer), Spec(Own, layer));
        Assert.Null(expected.Layers[0].Cell);
        Assert.NotNull(actual.Layers[0].Cell);

        Assert.Equal(Graphs(expected), Graphs(actual));
        Assert.Equal(PlanText.Write(Plan(expected)), PlanText.Write(Plan(actual)));
        Assert.Equal(Code(expected), Code(actual));
    }

    [Fact]
    public void A_difference_would_be_found()
    {
        var (one, other) = (Spec(Own, "Gru Units=5"), Spec(Own, "Gru Units=5 Clip=0.3"));

        Assert.NotEqual(Graphs(one), Graphs(other));
        Assert.NotEqual(PlanText.Write(Plan(one)), PlanText.Write(Plan(other)));
        Assert.NotEqual(Code(one), Code(other));
    }

    private static string Source(string cell) => Repository.Read("tests", "RnnGen.Tests.Networks", "Cells", "Vocabulary", $"{cell}Attribute.cs")
        .Insert(0, "using System;\n");

    private static NetworkSpec Spec(string space, string layer) => SpecParser.Parse(
        Project.Value.GetTypeByMetadataName($"{space}.{Name(All.ToList().IndexOf(layer))}")!, Project.Value, LayerCatalogue.Default, files: null, CancellationToken.None).Spec!;

    private static string Name(int index) => FormattableString.Invariant($"Net{index}");

    private static string Network(string space, string layer, int index)
    {
        string cells = space == Own ? "using RnnGen.Tests.Cells.Vocabulary;" : "";
        return $"namespace {space} {{ using RnnGen; {cells} [Network(3)] [{Attribute(layer, space)}] [Dense(2)] public sealed partial class {Name(index)}; }}";
    }

    /// <summary><c>Gru Units=5 Clip=0.3</c> → <c>Gru(5, Clip = 0.3f)</c>.</summary>
    private static string Attribute(string layer, string space)
    {
        string[] words = layer.Split(' ');
        var type = typeof(LayerAttribute).Assembly.GetType($"RnnGen.{words[0]}Attribute", throwOnError: true)!;
        string name = space == Own ? $"RnnGen.Tests.Cells.Vocabulary.{words[0]}" : $"RnnGen.{words[0]}";
        return $"{name}({string.Join(", ", words.Skip(1).Select(word => Argument(type, word)))})";
    }

    private static string Argument(Type attribute, string option)
    {
        var (name, value) = (option.Split('=')[0], option.Split('=')[1]);
        var type = attribute.GetProperty(name)!.PropertyType;
        string text = type.IsEnum ? $"{type.FullName}.{value}" : type == typeof(float) ? value + "f" : value;
        return name == "Units" ? text : $"{name} = {text}";
    }

    private static NetworkPlan Plan(NetworkSpec spec) => NetworkPlanner.Plan(spec, LayerCatalogue.Default);

    private static string Graphs(NetworkSpec spec) => string.Join("\n\n", NetworkGraph.Of(spec, LayerCatalogue.Default)
        .SelectMany(part => new[] { part.Cell, part.TapedCell }).OfType<CellGraph>().Select(GraphText.Write));

    /// <summary>The generated files, without what tells the two classes apart, the layer's options as its attribute says them, and the call that sets first values.</summary>
    private static string Code(NetworkSpec spec)
    {
        var layers = spec.Layers.Select(layer => layer.Cell is { } cell ? layer with { Cell = cell with { Construction = null } } : layer);
        var files = NetworkCompiler.Compile(spec with { Layers = new EquatableArray<LayerSpec>(layers) }, LayerCatalogue.Default);
        string code = string.Join("\n", files.Select(file => $"{file.Name}\n{file.Source}"))
            .Replace($"{spec.Namespace}.", "", StringComparison.Ordinal).Replace($"namespace {spec.Namespace}", "namespace", StringComparison.Ordinal);
        return Options().Replace(code, "");
    }

    [GeneratedRegex("""^\s*"(Rnn|Lstm|Gru)\(.*$""", RegexOptions.Multiline)]
    private static partial Regex Options();
}
