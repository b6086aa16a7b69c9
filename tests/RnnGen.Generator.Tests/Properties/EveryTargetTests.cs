using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using RnnGen.Generator.Targets;
using RnnGen.Generator.Tests.Infrastructure;

namespace RnnGen.Generator.Tests.Properties;

/// <summary>
/// The kernels of every instruction set, on any machine: where it lacks one, .NET computes the vectors in software. The guards of the generated code are replaced
/// by constants.
/// </summary>
public sealed class EveryTargetTests
{
    private const int Steps = 9, Rows = 3;

    private const string Source =
        """
        using RnnGen;

        [Network(3)] [Lstm(20)] [Lstm(40)] [Dense(2)] public sealed partial class HalfLines;
        [Network(2)] [Gru(36)] [LayerNorm] [Gru(8, Reset = ResetGate.BeforeProduct)] public sealed partial class Grus;
        [Network(5)] [Lstm(64)] [Rnn(17)] [Dense(3, Activation.Softmax)] public sealed partial class WholeLines;
        [Network(3)] [Lstm(24, LayerNorm = true, Peephole = true)] [Lstm(36, Projection = 5)] public sealed partial class Stages;
        [Network(3)] [Gru(20)] [Rnn(12)] [Dense(14)] [Dense(6)] [Dense(7)] [Dense(1)] public sealed partial class Heads;
        [Network(4, Activations = ActivationAccuracy.Fast)] [Lstm(24)] [Rnn(4)] public sealed partial class Fast;
        [Network(20, Precision = Precision.Int8)] [Lstm(40)] [Rnn(64)] [Dense(2)] public sealed partial class Bytes;
        [Network(20, Precision = Precision.BFloat16)] [Gru(40)] public sealed partial class Halves;
        [Network(3, Deterministic = true)] [Lstm(20)] [Gru(24)] [Dense(6)] [Dense(3)] public sealed partial class SameBits;
        """;

    private static readonly Lazy<Dictionary<string, IReadOnlyDictionary<string, IGeneratedNetwork>>> Networks = new(() =>
    {
        var project = GeneratorRun.Generate(new GeneratorSetup(), Source);
        return Target.All.ToDictionary(target => target.Name, target => IGeneratedNetwork.LoadAll(For(target, project)));
    });

    public static IEnumerable<object[]> Cases =>
        from network in new[] { "HalfLines", "Grus", "WholeLines", "Stages", "Heads", "Fast", "Bytes", "Halves", "SameBits" }
        from target in Target.All
        select new object[] { network, target.Name };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Steps_runs_and_batches_have_the_same_bits(string name, string target)
    {
        var network = Networks.Value[target][name];
        float[] frames = Frames(network, rows: 1), run = network.Run([], frames);
        Assert.Equal(run, network.Stream([], frames).Outputs);
        Assert.Equal(run, network.Run(Batch(network, frames, rows: 1)));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Every_target_computes_the_same(string name, string target)
    {
        var (network, other) = (Networks.Value[target][name], Networks.Value["Portable"][name]);
        float[] frames = Frames(network, Rows);
        AssertNear(other.Run([], frames), network.Run([], frames), Tolerance(name));
        var batch = Batch(network, frames, Rows);
        float[] gradients = [.. network.Run(batch).Select((_, place) => MathF.Cos(place))];
        var (expected, actual) = (other.Train(batch, [], gradients, []), network.Train(batch, [], gradients, []));
        AssertNear(expected.PackedGradients, actual.PackedGradients, name == "SameBits" ? 0 : 2e-5f);
    }

    /// <summary>
    /// A value half-way between two of its integers may become either, as the last bits of sums differ: one of 32767 levels, times a weight of at most 1 / √40.
    /// </summary>
    private static float Tolerance(string name) => name switch
    {
        "SameBits" => 0,
        "Bytes" => 1f / short.MaxValue * 0.16f,
        _ => 2e-6f,
    };

    /// <summary>The project whose networks run on one target, whatever the machine has.</summary>
    private static Compilation For(Target target, Compilation project)
    {
        foreach (var tree in project.SyntaxTrees)
        {
            string text = tree.ToString(), chosen = text;
            foreach (var guarded in Target.All.Where(guarded => guarded.Guard is not null))
                chosen = chosen.Replace($"global::RnnGen.Simd.{guarded.Guard}", $"bool.Parse(\"{guarded == target}\")", StringComparison.Ordinal);
            if (chosen != text)
                project = project.ReplaceSyntaxTree(tree, CSharpSyntaxTree.ParseText(chosen, (CSharpParseOptions)tree.Options, tree.FilePath));
        }

        return project.WithAssemblyName("For" + target.Name);
    }

    private static float[] Frames(IGeneratedNetwork network, int rows)
    {
        int inputs = (int)network.Class.GetField("InputSize")!.GetRawConstantValue()!;
        var random = new Random(inputs);
        return [.. Enumerable.Range(0, Steps * rows * inputs).Select(_ => (random.NextSingle() * 2) - 1)];
    }

    private static SequenceBatch Batch(IGeneratedNetwork network, float[] frames, int rows) =>
        SequenceBatch.FromTimeMajor(frames, Steps, rows, frames.Length / Steps / rows);

    private static void AssertNear(float[] expected, float[] actual, float tolerance)
    {
        float scale = 1 + expected.Max(MathF.Abs);
        for (int i = 0; i < expected.Length; i++)
            Assert.True(MathF.Abs(expected[i] - actual[i]) <= tolerance * scale, $"at {i}: expected {expected[i]:G9}, got {actual[i]:G9}");
    }
}
