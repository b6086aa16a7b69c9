using Microsoft.CodeAnalysis;
using RnnGen.Generator.Reading;
using RnnGen.Generator.Spec;
using RnnGen.Generator.Tests.Infrastructure;

namespace RnnGen.Generator.Tests;

/// <summary>What the parser reads from a class.</summary>
public sealed class SpecParserTests
{
    [Fact]
    public void Layers_come_in_the_order_of_the_source_with_their_options()
    {
        var spec = Parse("""
            [Dense(3)]
            [Network(20, Training = false)]
            [Lstm(64), Gru(units: 8, Name = "encoder")]
            [Rnn(5, Activation = Activation.Relu)]
            partial class Net;
            """);

        Assert.Equal(20, spec.InputSize);
        Assert.False(spec.Training);
        Assert.Equal(["Dense", "Lstm", "Gru", "Rnn"], spec.Layers.Select(layer => layer.Kind));
        Assert.Equal(["dense0", "lstm1", "encoder", "rnn3"], spec.Layers.Select(layer => layer.Name));
        Assert.Equal([new LayerOption("Units", "3"), new LayerOption("Activation", "Linear")], spec.Layers[0].Options);
        Assert.Equal([new LayerOption("Units", "8")], spec.Layers[2].Options);
        Assert.Equal([new LayerOption("Units", "5"), new LayerOption("Activation", "Relu")], spec.Layers[3].Options);
    }

    [Fact]
    public void LastStep_counts_in_the_names_of_layers()
    {
        var spec = Parse("[Network(20)] [Lstm(64)] [LastStep] [Dense(10, Activation.Softmax)] partial class Net;");

        Assert.Equal(["lstm0", "laststep1", "dense2"], spec.Layers.Select(layer => layer.Name));
        Assert.True(spec.Training);
        Assert.Equal("Softmax", spec.Layers[2].Text("Activation", ""));
    }

    [Theory]
    [InlineData("namespace A.B; [Network(2)] [Gru(3)] partial class Net;", "A.B", "Net", "")]
    [InlineData("[Network(2)] [Gru(3)] partial class Net;", "", "Net", "")]
    [InlineData("namespace @event.Größe { [Network(2)] [Gru(3)] partial class @class<T, @in>; }", "@event.Größe", "@class", "<T, @in>")]
    [InlineData("namespace N; [Network(2)] [Gru(3)] partial class @record;", "N", "@record", "")]
    [InlineData("namespace N; [Network(2)] [Gru(3)] partial class Сеть;", "N", "Сеть", "")]
    public void Names_are_as_written_in_code(string source, string space, string name, string parameters)
    {
        var spec = Parse(source);

        Assert.Equal((space, name, parameters), (spec.Namespace, spec.ClassName, spec.TypeParameters));
    }

    [Fact]
    public void Containing_types_come_outermost_first()
    {
        var spec = Parse("""
            partial interface IOuter<T> { partial record R { partial record struct S { partial struct @class { static partial class C<T1, T2> {
            [Network(2)] [Gru(3)] partial class Net; } } } } }
            """);

        Assert.Equal(
            ["interface IOuter<T>", "record R", "record struct S", "struct @class", "class C<T1, T2>"],
            spec.ContainingTypes.Select(type => $"{type.Keyword} {type.Name}"));
    }

    [Fact]
    public void Equal_sources_give_equal_specs_and_others_do_not()
    {
        const string Source = "partial class Outer { [Network(2)] [Gru(3)] partial class Net; }";

        Assert.Equal(Parse(Source), Parse("// A comment.\n" + Source.Replace("[Gru(3)]", "[Gru(units: 1 + 2)] /* three */")));
        Assert.Equal(Parse(Source).GetHashCode(), Parse(Source).GetHashCode());
        Assert.NotEqual(Parse(Source), Parse(Source.Replace("Gru(3)", "Gru(4)")));
        Assert.NotEqual(Parse(Source), Parse(Source.Replace("Network(2)", "Network(1)")));
        Assert.NotEqual(Parse(Source), Parse(Source.Replace("Network(2)", "Network(2, Training = false)")));
        Assert.NotEqual(Parse(Source), Parse(Source.Replace("Network(2)", "Network(2, Precision = Precision.Int8)")));
        Assert.NotEqual(Parse(Source), Parse(Source.Replace("Gru", "Lstm")));
        Assert.NotEqual(Parse(Source), Parse(Source.Replace("class Outer", "struct Outer")));
    }

    [Theory]
    [InlineData("", null)]
    [InlineData(", Precision = Precision.BFloat16", "BFloat16")]
    [InlineData(", Precision = (Precision)2", "Int8")]
    public void A_precision_is_its_member_s_name(string argument, string? precision) =>
        Assert.Equal(precision, Parse($"[Network(2{argument})] [Gru(3)] partial class Net;").Precision);

    [Fact]
    public void Numbers_are_read_in_the_invariant_culture()
    {
        var layer = new LayerSpec("Lstm", "lstm0", new EquatableArray<LayerOption>([new("Units", "64"), new("Rate", "0.5")]));

        Assert.Equal((64, 7, 9), (layer.Number("Units"), layer.Number("Missing", 7), layer.Number("Rate", 9)));
    }

    private static NetworkSpec Parse(string source)
    {
        var setup = new GeneratorSetup();
        var compilation = setup.Compile(source, "global using RnnGen;");
        var type = compilation.GetSymbolsWithName(_ => true, SymbolFilter.Type).OfType<INamedTypeSymbol>().Single(candidate => !candidate.GetAttributes().IsEmpty);
        var result = SpecParser.Parse(type, compilation, setup.Catalogue, files: null, CancellationToken.None);
        Assert.Empty(result.Diagnostics);
        return result.Spec!;
    }
}
