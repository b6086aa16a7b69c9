using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using RnnGen.Generator.Cells;
using RnnGen.Generator.Graph;
using RnnGen.Generator.Graph.Layers;
using RnnGen.Generator.Reading;
using RnnGen.Generator.Spec;
using RnnGen.Generator.Tests.Infrastructure;

namespace RnnGen.Generator.Tests;

/// <summary>What is generated compiles without a warning wherever the diagnostics let a network be written.</summary>
public sealed class CompileTests
{
    private const string Layers = "[RnnGen.Network(3)] [RnnGen.Lstm(5)] [RnnGen.Dense(2)] ";

    [Theory]
    [InlineData("@ public sealed partial class Net;")]
    [InlineData("namespace A.B; @ public partial class Net;")]
    [InlineData("namespace A { namespace B { @ internal sealed partial class Net { } } }")]
    [InlineData("@ partial class Net<T>;")]
    [InlineData("@ public sealed partial class Net<TKey, TValue> where TKey : notnull where TValue : struct { public TKey? Key; }")]
    [InlineData("public static partial class Outer { @ public sealed partial class Net; }")]
    [InlineData("public partial class Outer<T> where T : class, new() { public partial class Inner<U> { @ private sealed partial class Net; @ protected partial class Other<V>; } }")]
    [InlineData("public partial struct Outer { @ public sealed partial class Net; }")]
    [InlineData("public readonly partial struct Outer { @ public sealed partial class Net; }")]
    [InlineData("public ref partial struct Outer { @ public sealed partial class Net; }")]
    [InlineData("public partial record Outer(int X) { @ public sealed partial class Net; }")]
    [InlineData("public readonly partial record struct Outer<T>(T X) { @ private protected partial class Net; }", "CS0106")]
    [InlineData("public partial interface IOuter<T> { @ public sealed partial class Net; @ private partial class Hidden; }")]
    [InlineData("namespace @event.@async; public partial class @class<@in> { @ public sealed partial class @record; }")]
    [InlineData("namespace Größe.Данные; @ public sealed partial class Сеть;")]
    [InlineData("@ public sealed partial class @int; @ public sealed partial class @lower; @ public sealed partial class @record;")]
    [InlineData("@ public sealed partial class Net; @ public sealed partial class net1; @ public sealed partial class NET;")]
    [InlineData("[System.Obsolete(\"old\")] @ public sealed partial class Net;")]
    [InlineData("[System.Diagnostics.CodeAnalysis.Experimental(\"X1\")] @ public sealed partial class Net;")]
    public void Any_place_and_name(string source, string? refusedByCompiler = null)
    {
        if (refusedByCompiler is null)
            GeneratorRun.Of(source.Replace("@ ", Layers)).AssertCompiles();
        else
            Assert.NotEmpty(GeneratorRun.Of(source.Replace("@ ", Layers)).CompilerProblems());
    }

    [Theory]
    [InlineData("@ public sealed partial class Net;")]
    [InlineData("namespace A.B; @ internal partial class Net;")]
    [InlineData("namespace A; public static partial class Outer { @ private sealed partial class Net; @2 public partial class Step2; }")]
    [InlineData("public ref partial struct Outer { @ public sealed partial class Net; }")]
    [InlineData("public partial interface IOuter { @ private sealed partial class Net; }")]
    [InlineData("namespace @event.@async; @ public sealed partial class @record;")]
    [InlineData("namespace App; public class System; public class RnnGen; @ public sealed partial class Destroy;")]
    [InlineData("[assembly: global::System.CLSCompliant(true)] @ public sealed partial class Net;")]
    [InlineData("namespace App; public class NativeNetwork; public class NativeStatus; public class Type; @ public sealed partial class LastError;")]
    public void Any_place_and_name_of_an_exported_network(string source)
    {
        const string Exported = "[global::RnnGen.Network(3)] [global::RnnGen.Lstm(5)] [global::RnnGen.NativeExport(";
        GeneratorRun.Of(source.Replace("@2 ", Exported + "\"two\")] ").Replace("@ ", Exported + "\"one\")] ")).AssertCompiles();
    }

    [Theory]
    [InlineData("namespace App.System; @ public sealed partial class Net;")]
    [InlineData("namespace App.RnnGen; @ public sealed partial class Net;")]
    [InlineData("namespace App; public class System; public class RnnGen; @ public sealed partial class Net;")]
    [InlineData("namespace App; public class Span<T>; public class Simd; public class Tape; public class Guard; @ public sealed partial class Net;")]
    [InlineData("namespace App; public class Math; public class MathF; public class Vector<T>; public class Float; public class Array; @ public sealed partial class Net;")]
    [InlineData("namespace App.Math { public class Matrix; } namespace App { @ public sealed partial class Net; }")]
    [InlineData("namespace App; @ public sealed partial class Net { public int Span; public int System1() => Span; public static int Simd => 1; public class Vec; }")]
    [InlineData("namespace App; @ public sealed partial class Net : global::System.IEquatable<Net> { public bool Equals(Net? other) => ReferenceEquals(this, other); public override bool Equals(object? o) => o is Net n && Equals(n); public override int GetHashCode() => 1; }")]
    public void Names_of_the_users_that_hide_others(string source) =>
        GeneratorRun.Of(source.Replace("@ ", "[global::RnnGen.Network(3)] [global::RnnGen.Lstm(5)] [global::RnnGen.Dense(2)] ")).AssertCompiles();

    [Theory]
    [InlineData("namespace App; @ public sealed partial class Net<TKernels>;")]
    [InlineData("namespace App; public partial class Outer<TKernels> { @ public sealed partial class Net; }")]
    public void A_type_parameter_that_would_hide_that_of_the_loops_is_refused(string source) =>
        Assert.Contains("RNN023", GeneratorRun.Of(source.Replace("@ ", Layers)).Ids);

    [Theory]
    [InlineData("[Network(1)] [Rnn(1)]")]
    [InlineData("[Network(1)] [Rnn(3, Activation = Activation.Relu)]")]
    [InlineData("[Network(7)] [Gru(17)] [LastStep]")]
    [InlineData("[Network(20)] [Lstm(64)] [LastStep] [Dense(10, Activation.Softmax)]")]
    [InlineData("[Network(20, Training = false)] [Lstm(64)] [Dense(10, Activation.Sigmoid)]")]
    [InlineData("[Network(5)] [Dense(4, Activation.Tanh)] [Lstm(8)] [Gru(9)] [Rnn(10)] [LastStep] [Dense(7, Activation.Relu)] [Dense(3)]")]
    [InlineData("[Network(5)] [Dense(4, Activation.Softmax)]")]
    [InlineData("[Network(5)] [LastStep] [Dense(4)]")]
    [InlineData("[Network(5)] [Lstm(4, Name = \"class\")] [Gru(4, Name = \"1st-layer.x_y\")] [Rnn(4, Name = \"W\")] [Rnn(4, Name = \"State\")]")]
    [InlineData("[Network(4096)] [Lstm(1024)] [Dense(257)]")]
    [InlineData("[Network(70, Precision = Precision.Int8)] [Lstm(33, Projection = 31)] [Gru(33, Reset = ResetGate.BeforeProduct, LayerNorm = true)] [Dense(257)]")]
    [InlineData("[Network(OneHot = 70, Precision = Precision.BFloat16)] [Lstm(33, Direction = Direction.Bidirectional)] [Conv1D(40, 3)] [MaxPool]")]
    public void Any_stack(string attributes) => GeneratorRun.Of($"using RnnGen;\n{attributes} public sealed partial class Net;").AssertCompiles();

    [Fact]
    public void Inside_unsafe_code() =>
        GeneratorRun.Of(new GeneratorSetup { AllowUnsafe = true }, $"public unsafe partial class Outer {{ {Layers} public sealed partial class Net; }}").AssertCompiles();

    [Theory]
    [InlineData("[assembly: System.CLSCompliant(true)]")]
    [InlineData("global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq; global using System.Threading.Tasks;")]
    [InlineData("global using System.Numerics; global using System.Runtime.Intrinsics.X86; global using System.Runtime.InteropServices; global using RnnGen; global using RnnGen.Runtime;")]
    [InlineData("global using static System.Math; global using static System.Runtime.CompilerServices.Unsafe; global using Vec = System.Runtime.Intrinsics.Vector512;")]
    public void Any_project(string project) =>
        GeneratorRun.Of(new GeneratorSetup(), project, $"namespace App; {Layers} public sealed partial class Net; {Layers} internal sealed partial class Other<T>;").AssertCompiles();

    [Theory]
    [InlineData("tr-TR")]
    [InlineData("fa-IR")]
    [InlineData("sv-SE")]
    public void The_culture_of_the_compiler_changes_nothing(string name)
    {
        const string Source = "[RnnGen.Network(3)] [RnnGen.Lstm(5)] [RnnGen.Gru(17, Name = \"INITIAL\")] [RnnGen.Dense(2)] public sealed partial class Info;";
        var expected = GeneratorRun.Of(Source).Sources;
        var culture = CultureInfo.CurrentCulture;
        try
        {
            // The tests run without ICU, whose cultures would be all alike: what matters is in the culture itself.
            CultureInfo.CurrentCulture = Foreign(name);
            Assert.Equal(expected, GeneratorRun.Of(Source).Sources);
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    [Fact]
    public void The_oldest_language_that_is_supported()
    {
        var setup = new GeneratorSetup { Language = EnvironmentRules.MinimumLanguage };

        GeneratorRun.Of(setup, "[RnnGen.Network(3)] [RnnGen.Gru(5)] public sealed partial class Net { }").AssertCompiles();
    }

    [Fact]
    public void A_layer_that_only_this_test_knows()
    {
        var echo = new LayerKind("Echo", new PerStepParts(spec => new DenseCell(spec))) { Activations = ActivationKind.All };
        var setup = new GeneratorSetup { Catalogue = LayerCatalogue.Default.With(echo), AssemblyName = "RnnGen.Tests" };

        var run = GeneratorRun.Of(setup, """
            namespace RnnGen;
            public sealed class EchoAttribute(int units) : LayerAttribute { public int Units { get; } = units; public Activation Activation { get; init; } }
            [Network(3)] [Gru(5)] [Echo(4, Activation = Activation.Relu)] [Echo(6)] public sealed partial class Net;
            """);

        run.AssertCompiles();
    }

    [Fact]
    public void The_table_of_members_is_complete()
    {
        var type = GeneratorRun.Of("[RnnGen.Network(3, Weights = \"a\", Precision = RnnGen.Precision.BFloat16)] [RnnGen.Gru(64, IsOutput = true)] [RnnGen.NativeExport(\"net\")] public sealed partial class Net;")
            .Output.GetTypeByMetadataName("Net")!;
        var members = type.GetMembers()
            .Where(member => !member.IsImplicitlyDeclared && member.CanBeReferencedByName && !GeneratedMembers.IsSize(member.Name, ["Gru0"]))
            .Select(member => member.Name)
            .Distinct()
            .Except([nameof(ToString)]); // Left out where the user has one.

        Assert.Equal(GeneratedMembers.Names.Order(StringComparer.Ordinal), members.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_list_of_short_names_is_complete()
    {
        var output = GeneratorRun.Of("""
            [RnnGen.Network(3)] [RnnGen.Gru(5, LayerNorm = true)] [RnnGen.LastStep] [RnnGen.Dense(4, RnnGen.Activation.Softmax)] [RnnGen.Dense(40)] public sealed partial class Net;
            [RnnGen.Network(3)] [RnnGen.Conv1D(4, 2)] [RnnGen.Conv1D(4, 3, Padding = RnnGen.ConvPadding.Same)] [RnnGen.Dropout(0.5f)] [RnnGen.Lstm(5, Direction = RnnGen.Direction.Bidirectional)]
            public sealed partial class Other;
            [RnnGen.Network(64, Precision = RnnGen.Precision.Int8, Deterministic = true)] [RnnGen.Gru(20)] public sealed partial class Reduced;
            [RnnGen.Network(8, Deterministic = true)] [RnnGen.Dense(6)] [RnnGen.Dense(3)] public sealed partial class Narrow;
            """).Output;
        var names =
            from tree in output.SyntaxTrees
            let model = output.GetSemanticModel(tree)
            from name in tree.GetRoot().DescendantNodes().OfType<SimpleNameSyntax>()
            where name.Parent is not (QualifiedNameSyntax or AliasQualifiedNameSyntax) && (name.Parent as MemberAccessExpressionSyntax)?.Name != name
            let found = model.GetSymbolInfo(name).Symbol
            let symbol = found is IMethodSymbol { MethodKind: MethodKind.Constructor } ? found.ContainingType : found
            where symbol is INamedTypeSymbol { IsImplicitlyDeclared: false } type && !type.Locations.Any(location => location.IsInSource)
            select name.Identifier.ValueText;

        Assert.Equal(ShortNames.All.Append(ShortNames.Inferred).Order(StringComparer.Ordinal), names.Distinct().Order(StringComparer.Ordinal));
    }

    /// <summary>The invariant culture with another's signs and separators.</summary>
    private static CultureInfo Foreign(string name)
    {
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        culture.NumberFormat.NegativeSign = name == "fa-IR" ? "\u200e\u2212" : "\u2212";
        culture.NumberFormat.NumberDecimalSeparator = name == "fa-IR" ? "\u066b" : ",";
        culture.NumberFormat.NumberGroupSeparator = "\u00a0";
        culture.NumberFormat.DigitSubstitution = DigitShapes.NativeNational;
        return culture;
    }
}
