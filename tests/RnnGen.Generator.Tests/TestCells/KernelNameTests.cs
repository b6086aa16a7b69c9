using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using RnnGen.Generator.Cells;
using RnnGen.Generator.Planning;
using RnnGen.Generator.Tests.Equations;

namespace RnnGen.Generator.Tests.TestCells;

/// <summary>What kernels call their own is refused as the name of a value: the list is compared with what kernels of every shape declare.</summary>
public sealed partial class KernelNameTests
{
    private const int InputSize = 3;

    /// <summary>Small ones, those of several blocks, back and forth, gathering, and reduced.</summary>
    public static TheoryData<string, string?> Networks => new()
    {
        { string.Join('|', Cases.Recurrent.Concat(Cases.PerStep)), null },
        { "Lstm Units=256|Gru Units=128|Rnn Units=300 LayerNorm=true|Lstm Units=17 Direction=Bidirectional|Singular Units=17|MeanPool|Dense Units=19 Activation=Softmax", null },
        { "Conv1D Units=4 KernelSize=3 Dilation=2|Dropout Rate=0.5|Gru Units=40 RecurrentDropout=0.5 LearnedState=true|Skip|Dense Units=3", null },
        { "Lstm Units=64|Gru Units=96|Dense Units=70", "Int8" },
        { "Lstm Units=64|Gru Units=96|Dense Units=70", "BFloat16" },
    };

    [Theory]
    [MemberData(nameof(Networks))]
    public void A_name_of_a_kernel_is_no_name_of_a_value(string network, string? precision)
    {
        var spec = Cases.Spec(InputSize, network.Split('|')) with { Precision = precision };
        var plan = NetworkPlanner.Plan(spec, TestCatalogue.All);
        var values = plan.Kernels.SelectMany(kernels => kernels.Kernels).OfType<PointwisePlan>()
            .SelectMany(cell => cell.Loads.Select(load => load.Variable).Concat(cell.Equations.Select(equation => equation.Name)).Concat(cell.Pointers.Select(pointer => pointer.Name)))
            .Concat(plan.Parts.SelectMany(part => part.TapedStages).SelectMany(stage => stage.Rows).Select(product => product.Source.Pointer))
            .ToHashSet();

        var own = NetworkCompiler.Compile(spec, TestCatalogue.All)
            .Where(file => file.Name.Contains(".Inference.", StringComparison.Ordinal) || file.Name.Contains(".Training.", StringComparison.Ordinal))
            .SelectMany(file => Declared(file.Source))
            .Where(name => !values.Contains(name) && !IsOfSum(name, values))
            .Distinct()
            .Order(StringComparer.Ordinal);

        Assert.All(own, name => Assert.True(CellRules.IsReserved(name), name));
    }

    [Theory]
    [InlineData("panel")]
    [InlineData("hRow")]
    [InlineData("hRows")]
    [InlineData("a_0")]
    public void Such_a_name_is_refused(string name) => Assert.True(CellRules.IsReserved(name));

    /// <summary>Whether a local is a sum of a pre-activation: of a vector of a tile, of a set, of integers. No value stands beside those but pre-activations.</summary>
    private static bool IsOfSum(string name, HashSet<string> values)
    {
        string sum = Sum().Replace(name, "");
        return sum.Length < name.Length && values.Any(value => sum.EndsWith(value, StringComparison.OrdinalIgnoreCase));
    }

    private static IEnumerable<string> Declared(string source) => CSharpSyntaxTree.ParseText(source).GetRoot().DescendantNodes()
        .OfType<MethodDeclarationSyntax>()
        .Where(method => method.Identifier.ValueText != "Run") // it calls kernels and has no equations
        .SelectMany(method => method.DescendantNodes())
        .Select(node => node switch
        {
            ParameterSyntax parameter => parameter.Identifier.ValueText,
            VariableDeclaratorSyntax variable => variable.Identifier.ValueText,
            _ => "",
        })
        .Where(name => name.Length > 0);

    [GeneratedRegex("(_[0-9]+)?([B-Z]|Scale|Sum[0-9]*|Turn[0-9]+)?$")]
    private static partial Regex Sum();
}
