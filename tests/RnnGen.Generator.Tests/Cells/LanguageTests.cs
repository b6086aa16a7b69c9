using System.Reflection;
using Microsoft.CodeAnalysis;
using RnnGen.Generator.Cells.Own;
using RnnGen.Generator.Graph;
using RnnGen.Generator.Reading;
using RnnGen.Generator.Tests.Infrastructure;

namespace RnnGen.Generator.Tests.Cells;

/// <summary>What of C# is worked out at compile time: a cell that uses it has the same graph as one that is written plainly.</summary>
public sealed class LanguageTests
{
    private const string TwoGates = """
        Vector a = Sigmoid(Gate("a0", x, h));
        Vector b = Sigmoid(Gate("a1", x, h));
        Vector s = a * b;
        """;

    /// <summary>A body, the plain one, and the members of the first.</summary>
    public static TheoryData<string, string, string, string> Programs => new()
    {
        { "for", "Vector s = h; for (int k = 0; k < 3; k++) s += k * h;", "Vector s = h; s += 0 * h; s += 1 * h; s += 2 * h;", "" },
        { "for by twos with continue and break", "Vector s = h; for (int k = 0; ; k += 2) { if (k == 2) continue; if (k > 5) break; s += k * h; }", "Vector s = h; s += 0 * h; s += 4 * h;", "" },
        { "while and do", "Vector s = h; int k = 3; while (k > 1) { s *= k; --k; } do s *= k--; while (k > 0);", "Vector s = h; s *= 3; s *= 2; s *= 1;", "" },
        { "foreach", "Vector s = h; foreach (double rate in new[] { 0.5, 0.25 }) s += rate * h;", "Vector s = h; s += 0.5 * h; s += 0.25 * h;", "" },
        { "counting before and after", "int k = 0; Vector s = h * (k++ + 10 * k); s += h * (++k + 10 * k); k--; s += k * h;", "Vector s = h * 10; s += h * 22; s += 1 * h;", "" },
        { "an array that counts", "int[] k = new int[] { 1, 2 }; k[0]++; k[1] += 3; Vector s = h * k[0] + k[1];", "Vector s = h * 2 + 5;", "" },
        { "an array of arrays", "double[][] k = [[1, 2], [3]]; Vector s = h * k[0][1] + k[1][0] + k.Length;", "Vector s = h * 2 + 3 + 2;", "" },
        { "names from numbers", "Vector[] g = new Vector[2]; for (int k = 0; k < g.Length; k++) g[k] = Sigmoid(Gate($\"a{k}\", x, h)); Vector s = g[0] * g[1];",
            """
            Vector g0 = Sigmoid(Gate("a0", x, h));
            Vector g1 = Sigmoid(Gate("a1", x, h));
            Vector s = g0 * g1;
            """, "" },
        { "names from texts", "Vector a = Sigmoid(Gate(\"a\" + 0, x, h)), b = Sigmoid(Gate(Names[1] + (Names.Length - 1), x, h)); Vector s = a * b;", TwoGates, "private static readonly string[] Names = [\"b\", \"a\"];" },
        { "a switch whose default stands first", "Vector s; switch (Units) { default: s = h; break; case 3: case 4: s = 2 * h; break; }", "Vector s = 2 * h;", "" },
        { "a switch with a default and a case in one", "Vector s; switch (Units) { case 5: default: s = h; break; case 4: s = 2 * h; break; }", "Vector s = 2 * h;", "" },
        { "a switch whose default is chosen", "Vector s; switch (Units) { case 5: default: s = h * 3; break; case 3: s = 2 * h; break; }", "Vector s = h * 3;", "" },
        { "a switch expression", "Vector s = Units switch { > 8 or < 2 => false, 4 => true, _ => false } ? 2 * h : h;", "Vector s = 2 * h;", "" },
        { "patterns", "Vector s = Units is >= 4 and not 5 ? 2 * h : h;", "Vector s = 2 * h;", "" },
        { "an enumeration", "Vector s = Kind switch { Kinds.Slow => h, Kinds.Fast when Units == 4 => 2 * h, _ => 3 * h };", "Vector s = 2 * h;", "public enum Kinds { Slow, Fast } public Kinds Kind { get; set; } = Kinds.Fast;" },
        { "a tuple", "(Vector a, Vector b) = Both(x, h); Vector s = a * b;", TwoGates, "private (Vector, Vector) Both(Vector x, Vector h) => (Sigmoid(Gate(\"a0\", x, h)), Sigmoid(Gate(\"a1\", x, h)));" },
        { "a tuple into variables that are there", "Vector a = x, b; (a, b) = (Sigmoid(Gate(\"a0\", x, h)), Sigmoid(Gate(\"a1\", x, h))); Vector s = a * b;", TwoGates, "" },
        { "a method", "Vector a = Open(\"a0\", x, h), b = Open(\"a1\", x, h); Vector s = a * b;", TwoGates, "private Vector Open(string name, Vector x, Vector h) { if (Units > 100) return x; return Sigmoid(Gate(name, x, h)); }" },
        { "a static class", "Vector s = Helper.Twice(h);", "Vector s = 2 * h;", "" },
        { "named and default arguments", "Vector s = Line(h, offset: 3);", "Vector s = 2 * h + 3;", "private static Vector Line(Vector v, double factor = 2, double offset = 1) => factor * v + offset;" },
        { "a property with code", "Vector s = Rate * h;", "Vector s = 0.25 * h;", "private double Rate => 1.0 / Units;" },
        { "a property with a getter", "Vector s = Rate * h;", "Vector s = 0.25 * h;", "private double Rate { get { double whole = 1; return whole / Units; } }" },
        { "a parameter of the constructor", "Vector s = scale * h;", "Vector s = 3 * h;", "" },
        { "a property from a parameter of its name", "Vector s = Scale * h;", "Vector s = 6 * h;", "public int Scale { get; } = 2 * scale;" },
        { "an option that is given", "Vector s = Rate * h + Steps;", "Vector s = 0.75 * h + 2;", "public double Rate { get; set; } = 0.5; public int Steps { get; init; } = 2;" },
        { "an option that is no size", "Vector s = Shift * h;", "Vector s = -2 * h;", "public int Shift { get; set; }" },
        { "an array that is given", "Vector s = h; foreach (int k in Rates) s += k * h;", "Vector s = h; s += 7 * h; s += 9 * h;", "public int[] Rates { get; set; } = [];" },
        { "a field made of another", "Vector s = Both * h;", "Vector s = 6 * h;", "private readonly int _one = 3; private int Both => 2 * _one;" },
        { "a static field made of another", "Vector s = h * (Table[1] + Base);", "Vector s = h * 5;", "private static readonly int Two = 2; private static readonly int[] Table = [1, Two]; private const int Base = 3;" },
        { "arithmetic as in C#", "int k = Units + 3; Vector s = h * (k / 2) + k / 2.0 + k % 4 + (1 << (k - 4)) + (int)(k * 0.56) + (float)(k / 70.0);", "Vector s = h * 3 + 3.5 + 3 + 8 + 3 + 0.1f;", "" },
        { "System.Math", "Vector s = h * Math.Sqrt(Units) + Math.Max(Units, 3) / 3 + MathF.Pow(2, 0.5f) + Math.Abs(-2);", "Vector s = h * 2 + 1 + 1.4142135f + 2;", "" },
        { "sizes", "Vector s = h * x.Size + h.Size;", "Vector s = h * 3 + 4;", "" },
        { "nothing instead of a vector", "Vector? gate = Bias ? null : h; Vector s = (gate ?? 2 * h) + (gate is null ? 1 : 0);", "Vector s = 2 * h + 1;", "" },
        { "a long condition", "Vector s = !(Units < 4) && (Bias || LayerNorm) && Clip == 0 && Direction == Direction.Forward ? 2 * h : h;", "Vector s = 2 * h;", "" },
        { "at least", "Vector s = Select(h >= 0.5, 2 * h, 3 * h);", "Vector s = Select(h < 0.5, 3 * h, 2 * h);", "" },
        { "at most", "Vector s = Select(h <= Tanh(h), 2 * h, 3 * h);", "Vector s = Select(h > Tanh(h), 3 * h, 2 * h);", "" },
        { "a number that is at least", "Vector s = Select(1 >= h, 2 * h, 3 * h) + Select(2 <= h, h, -h);", "Vector s = Select(1 < h, 3 * h, 2 * h) + Select(2 > h, -h, h);", "" },
        { "a discard", "_ = Gate(\"a0\", x, h); Vector s = Tanh(Gate(\"a1\", x, h));", "Gate(\"a0\", x, h); Vector s = Tanh(Gate(\"a1\", x, h));", "" },
    };

    [Theory]
    [MemberData(nameof(Programs))]
    public void A_program_is_what_it_says(string name, string body, string plain, string members)
    {
        _ = name;
        Assert.Equal(Graph(plain, ""), Graph(body, members));
    }

    [Fact]
    public void The_units_may_come_from_the_constructor_alone() => Assert.Equal(
        Graph("Vector s = h * 6;", "", attribute: "[Mine(6, 3)]"), Graph("Vector s = h * Units;", "", "public sealed class MineAttribute() : CellAttribute(2 + 4)", "[Mine]"));

    [Fact]
    public void A_constructor_may_set_options()
    {
        const string Class = "public sealed class MineAttribute : CellAttribute";
        const string Members = "public MineAttribute(int units, double rate = 0.5) : base(2 * units) { Rate = rate / 2; if (units > 3) _twice = 2; } public double Rate { get; set; } private readonly int _twice;";

        Assert.Equal(Graph("Vector s = h * 0.25 + 2;", "", attribute: "[Mine(8, 3)]"), Graph("Vector s = h * Rate + _twice;", Members, Class, "[Mine(4)]"));
        Assert.Equal(Graph("Vector s = h * 0.75 + 2;", "", attribute: "[Mine(8, 3)]"), Graph("Vector s = h * Rate + _twice;", Members, Class, "[Mine(4, Rate = 0.75)]"));
    }

    /// <summary>What is given as null is null, not what the option was, and not an empty text.</summary>
    [Theory]
    [InlineData("public string? Label { get; set; } = \"none\";", "Label = null", "Label is null ? 2 * h : h")]
    [InlineData("public string? Label { get; set; } = \"none\";", "Label = \"\"", "Label == \"\" ? 2 * h : h")]
    [InlineData("public string? Label { get; set; } = \"none\";", "Label = null", "(Label ?? \"other\") == \"other\" ? 2 * h : h")]
    [InlineData("public double[]? Rates { get; set; } = [1];", "Rates = null", "Rates is null ? 2 * h : h")]
    [InlineData("public double[]? Rates { get; set; } = [1];", "Rates = new double[0]", "Rates is not null && Rates.Length == 0 ? 2 * h : h")]
    public void An_option_may_be_null(string member, string option, string value)
    {
        Assert.Equal(Graph("Vector s = 2 * h;", "", attribute: "[Mine(4, 3)]"), Graph($"Vector s = {value};", member, attribute: $"[Mine(4, 3, {option})]"));

        const string Class = "public sealed class MineAttribute(int units, string? label = null) : CellAttribute(units)";
        Assert.Equal(Graph("Vector s = 2 * h;", "", attribute: "[Mine(4, 3)]"), Graph("Vector s = label is null ? 2 * h : h;", "", Class, "[Mine(4)]"));
    }

    [Fact]
    public void A_parameter_of_the_constructor_is_no_option_of_all_layers()
    {
        const string Class = "public sealed class MineAttribute(int units, bool learnedState, float clip, string name, bool layerNorm, string[] from) : CellAttribute(units)";
        const string Body = "Vector s = learnedState && !LearnedState && clip == 2 && Clip == 0 && name == \"some text\" && Name == \"mine0\" && layerNorm && !LayerNorm && from[0] == \"no layer\" ? 2 * h : h;";
        Assert.Equal(Graph("Vector s = 2 * h;", "", attribute: "[Mine(4, 3)]"), Graph(Body, "", Class, "[Mine(4, true, 2, \"some text\", true, new[] { \"no layer\" })]"));

        // Both at once, and a parameter that is spelt like the option.
        Assert.Equal(
            Graph("Vector s = 2 * h;", "", attribute: "[Mine(4, 3, LearnedState = true, Name = \"one\")]"),
            Graph(
                "Vector s = !learnedState && base.LearnedState && Name == \"one\" ? 2 * h : h;", "", "public sealed class MineAttribute(int units, bool learnedState) : CellAttribute(units)",
                "[Mine(4, false, LearnedState = true, Name = \"one\")]"));
    }

    [Fact]
    public void The_options_of_all_layers_are_those_of_their_attributes()
    {
        var options = new[] { typeof(LayerAttribute), typeof(RecurrentLayerAttribute) }
            .SelectMany(type => type.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)).Select(property => property.Name).ToList();

        Assert.Equal(10, options.Count);
        Assert.All(options, option => Assert.Equal(char.ToLowerInvariant(option[0]) + option[1..], OwnCellOptions.OfParameter(char.ToLowerInvariant(option[0]) + option[1..])));
        Assert.Equal("Units", OwnCellOptions.OfParameter("units"));
    }

    private static string Graph(
        string body, string members, string declaration = "public sealed class MineAttribute(int units, int scale) : CellAttribute(units)", string? attribute = null)
    {
        attribute ??= members switch
        {
            _ when members.Contains("Rate { get; set; }", StringComparison.Ordinal) => "[Mine(4, 3, Rate = 0.75)]",
            _ when members.Contains("Shift { get; set; }", StringComparison.Ordinal) => "[Mine(4, 3, Shift = -2)]",
            _ when members.Contains("Rates { get; set; }", StringComparison.Ordinal) => "[Mine(4, 3, Rates = new[] { 7, 9 })]",
            _ => "[Mine(4, 3)]",
        };
        string source = $$"""
            using System;
            using RnnGen;
            using static RnnGen.Equations;
            {{declaration}}
            {
                {{members}}
                protected override void Define(Vector x)
                {
                    Vector h = State("h");
                    {{body}}
                    Next(h, s);
                }
            }
            internal static class Helper { public static Vector Twice(Vector v) => 2 * v; }
            [Network(3)] {{attribute}} [Dense(2)] public sealed partial class Net;
            """;
        var project = new GeneratorSetup().Compile(source);
        Assert.Empty(project.GetDiagnostics().Where(problem => problem.Severity == DiagnosticSeverity.Error && !problem.IsWarningAsError));
        var result = SpecParser.Parse(project.GetTypeByMetadataName("Net")!, project, LayerCatalogue.Default, files: null, CancellationToken.None);
        Assert.True(result.Spec is not null, string.Join("\n", result.Diagnostics));
        return GraphText.Write(NetworkGraph.Of(result.Spec, LayerCatalogue.Default)[0].Cell!);
    }
}
