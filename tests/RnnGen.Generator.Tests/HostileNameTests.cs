using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using RnnGen.Generator.Reading;
using RnnGen.Generator.Spec;
using RnnGen.Generator.Tests.Infrastructure;
using RnnGen.Tests;

namespace RnnGen.Generator.Tests;

/// <summary>Whatever names a project has, generated code compiles in it without a warning, or RNN diagnostics refuse the network where it is declared.</summary>
public sealed partial class HostileNameTests
{
    private const string Layers = "[global::RnnGen.Network(3)] [global::RnnGen.Lstm(5)] [global::RnnGen.Dense(2)] ";

    /// <summary>Some of them; <c>RNNGEN_HOSTILE_PROJECTS</c> draws more.</summary>
    public static TheoryData<int> Seeds =>
        [.. Enumerable.Range(1, int.TryParse(Environment.GetEnvironmentVariable("RNNGEN_HOSTILE_PROJECTS"), out int count) ? count : 12)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Generated_code_compiles_among_hostile_names_or_the_network_is_refused(int seed)
    {
        var project = new HostileProject(seed);
        var run = GeneratorRun.Of(project.Setup, project.Sources);
        string all = string.Join("\n// ----\n", project.Sources);

        Assert.DoesNotContain("User", string.Join("\n", run.CompilerProblems().Select(problem => problem.Location.SourceTree?.FilePath)));
        Assert.True(!run.CompilerProblems().Any(), $"{string.Join("\n", run.CompilerProblems().Take(10))}\n{all}");
        var errors = run.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).ToList();
        Assert.True(errors.Count > 0 != run.Sources.Count > 0, $"{errors.Count} errors, {run.Sources.Count} files\n{all}");
        Assert.All(errors, error => Assert.Equal(HostileProject.NetworkFile, error.Location.SourceTree!.FilePath));
    }

    [Theory]
    [InlineData("global using Hostile; namespace Hostile { class VectorMath; class Unsafe; class Scratch; class Vector512; class Vector128<T>; }")]
    [InlineData("global using Hostile; namespace Hostile { class MethodImpl : System.Attribute; class MethodImplAttribute : System.Attribute; class MethodImplOptions; }")]
    [InlineData("global using Unsafe = System.Object; global using VectorMath = System.String; global using Vector256 = System.Int32;")]
    [InlineData("global using MethodImpl = System.ObsoleteAttribute; global using MethodImplAttribute = System.ObsoleteAttribute;")]
    [InlineData("global using static Attack; static class Attack { public class Scratch; public class OutputHead; public const int Unsafe = 1; public static void At() { } }")]
    [InlineData("global using static Attack; static class Attack { public static string @nameof(object value) => $\"{value}\"; }")]
    [InlineData("global using Hostile; namespace Hostile { class @nint; class @nuint; class @var; }")]
    [InlineData("global using @nint = System.Int16; global using @var = System.Int32; global using @nuint = System.Object;")]
    [InlineData("class @nint; class @nuint; class @var;")]
    [InlineData("""
        global using Hostile;
        namespace Hostile
        {
            static class Extensions
            {
                public static void StoreUnsafe(this System.Runtime.Intrinsics.Vector512<float> vector, ref float first) { }
                public static void StoreUnsafe(this System.Runtime.Intrinsics.Vector512<float> vector, ref float first, nuint offset) { }
            }
        }
        """)]
    public void Global_usings_and_aliases_change_nothing(string project)
    {
        foreach (string space in SlowTests.Run ? new[] { "", "namespace App;", "namespace Hostile.Inner;" } : ["namespace Hostile.Inner;"])
            GeneratorRun.Of(new GeneratorSetup(), project, $"{space} {Layers} public sealed partial class Net; {Layers} internal sealed partial class Other<T>;").AssertCompiles();
    }

    [Theory]
    [InlineData("namespace App; static class Extensions { public static void StoreUnsafe(this System.Runtime.Intrinsics.Vector512<float> vector, ref float first) { } }")]
    [InlineData("namespace App { class VectorMath; class Unsafe<T>; namespace Scratch { class A; } }")]
    public void Names_of_its_own_namespace_change_nothing_but_are_not_used(string project)
    {
        string network = $"namespace App; {Layers} public sealed partial class Net;";
        var plain = GeneratorRun.Of(network).Sources;
        var hostile = GeneratorRun.Of(new GeneratorSetup(), project, network).AssertCompiles().Sources;

        Assert.Equal(plain.Select(Shortened), hostile.Select(Shortened));

        // Without spaces: where a line is broken depends on how long names are.
        static string Shortened((string Name, string Source) file) => string.Concat(string.Join("\n", file.Source
            .Replace("global::RnnGen.Runtime.", "", StringComparison.Ordinal).Replace("global::System.Runtime.CompilerServices.", "", StringComparison.Ordinal)
            .Split('\n').Where(line => !line.StartsWith("using ", StringComparison.Ordinal))).Where(letter => !char.IsWhiteSpace(letter)));
    }

    [Fact]
    public void A_layers_name_is_free()
    {
        string[] names = [.. ShortNames.All.Select(name => FirstWord().Match(name).Value).Concat(["Scratch", "Unsafe", "RowMeans"]).Distinct(StringComparer.OrdinalIgnoreCase)];
        var networks = names.Chunk(6).Select((some, index) =>
            $"[RnnGen.Network(3)] {string.Join(" ", some.Select(name => $"[RnnGen.Gru(2, Name = \"{name}\", LayerNorm = true)]"))} public sealed partial class Net{index};");

        GeneratorRun.Of(new GeneratorSetup(), "class Scratch; class RowMeans; class TapeRows; class PastFrames;", string.Join("\n", networks)).AssertCompiles();
    }

    [Fact]
    public void The_list_of_the_types_of_NET_is_complete()
    {
        var output = GeneratorRun.Of("""
            [RnnGen.Network(64, Weights = "a", Precision = RnnGen.Precision.Int8)] [RnnGen.Gru(20)] [RnnGen.NativeExport("net")] public sealed partial class Net;
            [RnnGen.Network(OneHot = 3)] [RnnGen.Lstm(5, Direction = RnnGen.Direction.Reverse)] [RnnGen.Rnn(16)] public sealed partial class Other;
            """).Output;
        var names =
            from tree in output.SyntaxTrees.Skip(1)
            let model = output.GetSemanticModel(tree)
            from name in tree.GetRoot().DescendantNodes().OfType<SimpleNameSyntax>()
            let found = model.GetSymbolInfo(name).Symbol
            let symbol = found is IMethodSymbol { MethodKind: MethodKind.Constructor } ? found.ContainingType : found
            where symbol is INamedTypeSymbol { SpecialType: not SpecialType.System_Single } && symbol.ContainingNamespace.ToString()!.Split('.')[0] == "System"
            where name.Identifier.ValueText != ShortNames.Inferred
            select $"{symbol.ContainingNamespace}.{symbol.MetadataName}";

        Assert.Equal(NameRules.SystemTypes.Order(StringComparer.Ordinal), names.Distinct().Order(StringComparer.Ordinal));
    }

    [GeneratedRegex("^[A-Za-z][a-z]*")]
    private static partial Regex FirstWord();
}
