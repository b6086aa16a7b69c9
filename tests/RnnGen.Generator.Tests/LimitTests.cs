using System.Globalization;
using Microsoft.CodeAnalysis;
using RnnGen.Generator.Graph;
using RnnGen.Generator.Planning;
using RnnGen.Generator.Reading;
using RnnGen.Generator.Tests.Infrastructure;

namespace RnnGen.Generator.Tests;

/// <summary>A network of whatever sizes is refused, or all that is planned of it keeps within the limits: no int wraps around.</summary>
public sealed class LimitTests
{
    private const int Networks = 150;

    // What a state of 16 K floats is made of, and what is far beyond all limits.
    private static readonly int[] Sizes = [1, 2, 3, 4, 5, 8, 15, 16, 17, 33, 500, 1000, 1023, 2040, 4080, 8184, 16337, 16384];
    private static readonly int[] FewSizes = [1, 2, 4, 16, 33, 1000];

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 3)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void What_is_allowed_is_within_the_limits(int seed)
    {
        var random = new Random(seed);
        var sources = Enumerable.Range(0, Networks).Select(index => Network(random, index)).ToList();
        var compilation = new GeneratorSetup().Compile("using RnnGen;\n" + string.Join("\n", sources));
        int allowed = 0, refused = 0;
        for (int index = 0; index < Networks; index++)
        {
            var type = compilation.GetTypeByMetadataName(Invariant($"Net{index}"))!;
            var result = SpecParser.Parse(type, compilation, LayerCatalogue.Default, null, CancellationToken.None);
            if (result.Spec is not { } spec)
            {
                refused++;
                Assert.Contains(result.Diagnostics, problem => problem.Severity == DiagnosticSeverity.Error);
                continue;
            }

            allowed++;
            var plan = NetworkPlanner.Plan(spec, LayerCatalogue.Default);
            Assert.True(plan.Sizes.Parameters is >= 0 && plan.Sizes.Parameters <= TotalRules.MaxParameters, sources[index]);
            Assert.True(plan.Sizes.PackedState >= 0, sources[index]);
            long memory = (long)plan.Sizes.PackedWeights + (2L * plan.Sizes.PackedState) + plan.Run.ScratchLength + plan.Sizes.ReducedWeights;
            Assert.True(memory <= TotalRules.MaxMemory, sources[index]);
            Assert.All(plan.Tape?.Regions ?? [], region => Assert.InRange(region.Stride, 0, int.MaxValue));
        }

        Assert.InRange(allowed, 10, Networks);
        Assert.InRange(refused, 10, Networks);
    }

    [Theory]
    [InlineData("[Network(OneHot = 16384)] [Embedding(16000)]", 16384L * 16000)]
    [InlineData("[Network(16384)] [Dense(1)]", 16385)]
    [InlineData("[Network(16384, Precision = Precision.Int8)] [Dense(16000)]", 16385L * 16000)]
    public void The_largest_that_are_allowed_are_planned(string attributes, long parameters)
    {
        var compilation = new GeneratorSetup().Compile($"using RnnGen;\n{attributes} public sealed partial class Net;");
        var spec = SpecParser.Parse(compilation.GetTypeByMetadataName("Net")!, compilation, LayerCatalogue.Default, null, CancellationToken.None).Spec!;

        Assert.Equal(parameters, NetworkPlanner.Plan(spec, LayerCatalogue.Default).Sizes.Parameters);
    }

    [Fact]
    public void The_limit_of_memory_is_the_runtimes() => Assert.Equal(TotalRules.MaxMemory, Array.MaxLength - 16);

    private static string Network(Random random, int index)
    {
        bool classes = random.Next(6) == 0;
        string training = random.Next(3) == 0 ? ", Training = false" : random.Next(3) == 0 ? ", Precision = Precision.Int8" : "";
        var layers = Enumerable.Range(0, random.Next(1, 4)).Select(_ => Layer(random)).ToList();
        if (classes)
            layers.Insert(0, Invariant($"[Embedding({Size(random)})]"));
        return Invariant($"[Network({(classes ? "OneHot = " : "")}{Size(random)}{training})] {string.Join(" ", layers)} public sealed partial class Net{index};");
    }

    private static string Layer(Random random) => random.Next(6) switch
    {
        0 => Invariant($"[Rnn({Size(random)}, LayerNorm = {(random.Next(2) == 0 ? "true" : "false")})]"),
        1 => Invariant($"[Lstm({Size(random)}, Projection = {Size(random)})]"),
        2 => Invariant($"[Gru({Size(random)}, RecurrentDropout = 0.5f, Reset = {(random.Next(2) == 0 ? "ResetGate.AfterProduct" : "ResetGate.BeforeProduct")})]"),
        3 => Invariant($"[Lstm({Size(random)}, Direction = Direction.Bidirectional, Peephole = true)]"),
        4 => Invariant($"[Dense({Size(random)}, Activation.Tanh)]"),
        _ => Invariant($"[Conv1D({Size(random)}, {1 + Size(random) % 400}, Dilation = {Sizes[random.Next(Sizes.Length)]})]").Replace(", 1, Dilation", ", 2, Dilation", StringComparison.Ordinal),
    };

    private static int Size(Random random) => random.Next(3) > 0 ? FewSizes[random.Next(FewSizes.Length)] : Sizes[random.Next(Sizes.Length)];

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
