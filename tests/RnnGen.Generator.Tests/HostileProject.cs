using Microsoft.CodeAnalysis.CSharp;
using RnnGen.Generator.Spec;
using RnnGen.Generator.Tests.Infrastructure;

namespace RnnGen.Generator.Tests;

/// <summary>
/// A project drawn by chance whose names stand in the way of generated code wherever C# lets them: in namespaces, types, members, type parameters, usings and
/// aliases. What is drawn compiles by itself.
/// </summary>
internal sealed class HostileProject
{
    public const string NetworkFile = "User0.cs";

    /// <summary>Names that generated code writes, or seems to.</summary>
    private static readonly string[] Names =
    [
        .. ShortNames.All.Select(name => ShortNames.Keywords.Contains(name) ? "@" + name : name), "@var", "@nameof", "MethodImplAttribute", "CurrentState",
        "Span", "ReadOnlySpan", "Math", "MathF", "Vector", "State", "Tape", "Network", "SequenceBatch",
        "Guard", "Simd", "NetworkMemory", "IKernels", "Loops", "Avx512", "Portable", "Region", "At", "Optimized", "Inlined", "TKernels", "Lstm0Step", "@weights",
        "System", "RnnGen", "Runtime", "InlineArray", "GeneratedCode", "Stream", "Single", "Object", "IEquatable",
    ];

    private static readonly string[] Spaces =
        ["", "App", "App.Inner", "Company.RnnGen.Models", "My.System", "My.System.Runtime", "RnnGens.Runtime", "System.Mine", "RnnGen.Mine", "@event.@async", "App.Vector512.Scratch"];

    private static readonly string[] Stacks =
    [
        "Lstm(5)] [{0}Dense(2)", "Gru(4, LayerNorm = true)] [{0}LastStep", "Conv1D(4, 2)] [{0}Dropout(0.5f)] [{0}Rnn(3, Direction = {0}Direction.Bidirectional)",
        "Gru(20, RecurrentDropout = 0.5f, LearnedState = true)",
    ];

    private static readonly string[] Inputs = ["3", "OneHot = 40", "64, Precision = {0}Precision.Int8", "64, Precision = {0}Precision.BFloat16, Deterministic = true"];

    private readonly Random _random;
    private readonly List<string> _sources = [];
    private readonly HashSet<string> _own = [];

    /// <summary>Draws a project.</summary>
    public HostileProject(int seed)
    {
        _random = new Random(seed);
        Setup = new GeneratorSetup
        {
            Language = Pick([LanguageVersion.CSharp12, LanguageVersion.CSharp13, LanguageVersion.CSharp14, LanguageVersion.Preview]),
            CheckOverflow = Chance(2),
            Nullable = !Chance(4),
            AllowUnsafe = Chance(2),
        };
        string space = Pick(Spaces);
        _sources.Add(Network(space));
        Globals();
        Around(space);
    }

    /// <summary>The project's settings.</summary>
    public GeneratorSetup Setup { get; }

    /// <summary>Its files; the network is in the first.</summary>
    public IReadOnlyList<string> Sources => _sources;

    private string Network(string space)
    {
        string layers = $"[global::RnnGen.Network({In(Pick(Inputs))})] [global::RnnGen.{In(Pick(Stacks))}]";
        string name = Chance(3) ? Fresh() : Pick(["Net", "Model", "@input", "@network"]);
        string network = $"{layers} public sealed partial class {name}{Parameters()} {{ {string.Join(" ", Enumerable.Range(0, _random.Next(3)).Select(_ => Member()))} }}";
        for (int depth = _random.Next(3); depth > 0; depth--)
        {
            string kind = Pick(["partial class", "partial struct", "partial record", "partial interface", "static partial class"]);
            string nested = Chance(2) ? $"public class {Fresh()};" : "";
            network = $"public {kind} {Fresh()}{Parameters()} {{ {nested} {network} }}";
        }

        return space.Length == 0 ? network : Chance(2) ? $"namespace {space};\n{network}" : $"namespace {space} {{ {network} }}";
    }

    private static string In(string text) => text.Replace("{0}", "global::RnnGen.", StringComparison.Ordinal);

    private string Parameters() => Chance(4) ? $"<{Fresh()}>" : "";

    private string Member() => Pick(
    [
        "public const int @ = 1;", "public static int @(int a) => a;", "public static int @ => 1;", "private class @;",
        "public static string @(object a) => $\"{a}\";",
    ]).Replace("@", Fresh(), StringComparison.Ordinal);

    /// <summary>Global usings and aliases, and what they bring.</summary>
    private void Globals()
    {
        var used = Draw(12).ToList();
        var inStatics = Draw(8).ToList();
        string extensions = """
            public static class Extensions
            {
                public static void StoreUnsafe<T>(this global::System.Runtime.Intrinsics.Vector512<T> vector, ref T first) { }
                public static void StoreUnsafe<T>(this global::System.Runtime.Intrinsics.Vector128<T> vector, ref T first, nuint offset) { }
                public static global::System.Runtime.Intrinsics.Vector512<int> AsInt32<T>(this global::System.Runtime.Intrinsics.Vector512<T> vector) => default;
                public static void CopyTo(this global::System.Span<float> from, global::System.Span<float> to) { }
            }
            """.Replace("nuint", "global::System.UIntPtr");
        var aliases = Draw(6).Select(name => $"global using {name} = Hostile.{Pick(["Other", "Statics"])};");
        _sources.Add($$"""
            {{(Chance(2) ? "global using Hostile;" : "")}}
            {{(Chance(2) ? "global using static Hostile.Statics;" : "")}}
            {{(Chance(2) ? "global using System; global using System.Linq; global using System.Numerics; global using System.Runtime.Intrinsics.X86; global using RnnGen; global using RnnGen.Runtime;" : "")}}
            {{(Chance(2) ? string.Join("\n", aliases) : "")}}
            namespace Hostile
            {
                {{Types(used)}}
                {{extensions}}
                public class Other;
                public static class Statics
                {
                    {{Types(inStatics)}}
                    public static string {{(inStatics.Contains("@nameof") ? "name" : "@nameof")}}(object value) => "";
                }
            }
            """);
    }

    /// <summary>Types beside the network, around it, and of the same names elsewhere.</summary>
    private void Around(string space)
    {
        IEnumerable<string> Free(params string[] taken) => Draw(5).Where(name => !_own.Contains(name) && !taken.Contains(name));
        string[] parts = space.Length == 0 ? [] : space.Split('.');
        if (space.Length > 0)
            _sources.Add($"namespace {space} {{ {(Chance(2) ? Types(Free("Scratch")) : "")} {(Chance(3) && !_own.Contains("Scratch") ? "namespace Scratch.Inner { public class A; }" : "")} }}");
        for (int depth = parts.Length - 1; depth > 0; depth--)
            if (parts[depth - 1] is not ("System" or "RnnGen") || depth > 1)
                _sources.Add($"namespace {string.Join(".", parts.Take(depth))} {{ {Types(Free([.. parts, "Inner"]))} }}");
        if (Chance(3) && space.Length > 0)
            _sources.Add(Types(Free([.. parts, "System", "RnnGen"])));
        if (Chance(2) && space.Length > 0)
            _sources.Add($"namespace {space} {{ {Types(Free("Scratch")).Replace("public", "file", StringComparison.Ordinal)} }}");
    }

    private List<string> Draw(int count) => [.. Enumerable.Range(0, _random.Next(count + 1)).Select(_ => Pick(Names)).Distinct()];

    private string Types(IEnumerable<string> names) => string.Join(" ",
        from name in names
        from parameters in Chance(3) ? new[] { "", "<T>" } : [""]
        select $"public {Pick(["class", "struct", "interface"])} {name}{parameters} {{ }}");

    /// <summary>A name that stands nowhere yet in the network's own file: such names may be of one scope.</summary>
    private string Fresh()
    {
        string name = Pick(Names);
        return _own.Add(name) ? name : Fresh();
    }

    private bool Chance(int of) => _random.Next(of) == 0;

    private T Pick<T>(IReadOnlyList<T> items) => items[_random.Next(items.Count)];
}
