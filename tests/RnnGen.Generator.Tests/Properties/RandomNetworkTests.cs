using CsCheck;
using RnnGen.Generator.Graph;
using RnnGen.Generator.Planning;
using RnnGen.Generator.Reading;
using RnnGen.Generator.Tests.Infrastructure;
using RnnGen.Tests.Numerics;

namespace RnnGen.Generator.Tests.Properties;

/// <summary>
/// Networks by chance, compiled together: outputs, final states and all gradients are those of the reference, whatever the mask, and steps agree with runs.
/// <c>RNNGEN_PROPERTY_SEED</c> draws other networks, <c>RNNGEN_PROPERTY_CASES</c> more batches for each network and mask.
/// </summary>
public sealed class RandomNetworkTests
{
    private const int AttemptsPerLength = 20;

    /// <summary>What a program that is executed in double precision may be off, relative to the largest magnitude.</summary>
    private const double OfProgram = 1e-11;

    /// <summary>The same where equations have constants that are floats and the reference has numbers that no float is: √½, 1/6, 0.01.</summary>
    private const double OfConstants = 1e-6;

    private static readonly string[] Rounded = ["Gelu", "HardSigmoid", "LeakyRelu", "LayerNorm"];
    private static readonly int Seed = Number("RNNGEN_PROPERTY_SEED", 1);
    private static readonly int Cases = Number("RNNGEN_PROPERTY_CASES", 1);
    private static readonly IReadOnlyList<DrawnNetwork> Drawn = NetworkDraw.Draw(Seed);
    private static readonly IReadOnlyList<string> Sources = ["global using RnnGen;", GraphDraw.OwnCell, .. Drawn.Select(network => network.Source)];
    private static readonly Lazy<IReadOnlyDictionary<string, IGeneratedNetwork>> Networks = new(() => IGeneratedNetwork.LoadAll(
        GeneratorRun.Generate(new GeneratorSetup(), Sources)));

    /// <summary>The batches of each network, dealt over all networks and masks.</summary>
    private static readonly ILookup<string, DrawnBatch> DealtBatches = DrawnBatch.Deal(Seed, Drawn.Count * Cases)
        .Select((batch, index) => (Network: Drawn[index / (Cases * Enum.GetValues<MaskShape>().Length)].Name, batch))
        .ToLookup(pair => pair.Network, pair => pair.batch);

    /// <summary>What was found for a network and a batch: with which numbers a comparison is fair.</summary>
    private static readonly Dictionary<(string Network, DrawnBatch Batch), DrawnBatch> Fair = [];

    /// <summary>What the generator plans for each, as it reads their sources.</summary>
    private static readonly Lazy<IReadOnlyDictionary<string, NetworkPlan>> Plans = new(() =>
    {
        var compilation = new GeneratorSetup().Compile(Sources);
        return Drawn.ToDictionary(network => network.Name, network => NetworkPlanner.Plan(
            SpecParser.Parse(compilation.GetTypeByMetadataName(network.Name)!, compilation, LayerCatalogue.Default, files: null, CancellationToken.None).Spec!,
            LayerCatalogue.Default));
    });

    public static TheoryData<string, MaskShape> NetworksAndMasks
    {
        get
        {
            var rows = new TheoryData<string, MaskShape>();
            foreach (var network in Drawn)
            {
                foreach (var shape in Enum.GetValues<MaskShape>())
                    rows.Add(network.Name, shape);
            }

            return rows;
        }
    }

    [Fact]
    public void Every_option_of_every_layer_is_drawn_with_every_seed()
    {
        for (int seed = Seed; seed < Seed + 20; seed++)
        {
            var drawn = NetworkDraw.Draw(seed).SelectMany(network => network.Features);
            Assert.Empty(NetworkDraw.Features.Except(drawn));
        }
    }

    [Fact]
    public void Every_size_is_dealt_and_no_two_batches_have_the_same_numbers()
    {
        var batches = DealtBatches.SelectMany(network => network).ToList();
        Assert.Empty(DrawnBatch.Sizes.Except(batches.Select(batch => (batch.Steps, batch.BatchSize))));
        Assert.All(NetworksAndMasks, row => Assert.Equal(Cases, DealtBatches[(string)row[0]].Count(batch => batch.Shape == (MaskShape)row[1])));
        Assert.Equal(batches.Count, batches.Distinct().Count());
    }

    [Theory]
    [MemberData(nameof(NetworksAndMasks))]
    public void Passes_and_steps_are_those_of_the_reference(string name, MaskShape shape) => Check(name, shape, comparison =>
    {
        comparison.CheckPasses();
        comparison.CheckSteps();
    });

    [Theory]
    [MemberData(nameof(NetworksAndMasks))]
    public void Runs_without_a_tape_give_the_same_bits(string name, MaskShape shape) => Check(name, shape, comparison => comparison.CheckRun());

    [Theory]
    [MemberData(nameof(NetworksAndMasks))]
    public void The_program_is_that_of_the_reference(string name, MaskShape shape)
    {
        string source = Drawn.Single(network => network.Name == name).Source;
        double tolerance = Rounded.Any(option => source.Contains(option, StringComparison.Ordinal)) ? OfConstants : OfProgram;
        Check(name, shape, comparison => comparison.CheckProgram(Plans.Value[name], tolerance));
    }

    private static void Check(string name, MaskShape shape, Action<DrawnComparison> check)
    {
        foreach (var batch in DealtBatches[name].Where(batch => batch.Shape == shape))
        {
            try
            {
                Check(name, batch, check);
            }
            catch (Exception first)
            {
                Assert.Fail($"Seed {Seed}, {batch}:\n{Drawn.Single(network => network.Name == name).Source}\n{first.Message}\nSimpler: {Shrink(name, shape, check)}");
            }
        }
    }

    /// <summary>What CsCheck finds when it looks for a simpler failure.</summary>
    private static string Shrink(string name, MaskShape shape, Action<DrawnComparison> check)
    {
        try
        {
            DrawnBatch.OfShape(shape).Sample(batch => Check(name, batch, check), iter: 200, threads: 1);
            return "none found";
        }
        catch (CsCheckException simpler)
        {
            return simpler.Message;
        }
    }

    private static void Check(string name, DrawnBatch drawn, Action<DrawnComparison> check) => check(Compare(name, drawn));

    private static DrawnComparison Compare(string name, DrawnBatch drawn)
    {
        var network = Networks.Value[name];
        var reference = new ReferenceNetwork(network.Class);
        if (Fair.TryGetValue((name, drawn), out var known))
            return new DrawnComparison(network, reference, known);
        for (int attempt = 0; ; attempt++)
        {
            // Some networks amplify what they keep: over fewer steps there is less of it.
            Assert.True(attempt < 200, "no numbers found that a comparison is fair with");
            int steps = Math.Max(1, drawn.Steps >> (attempt / AttemptsPerLength));
            var other = drawn with { Seed = drawn.Seed + attempt, Steps = steps };
            var comparison = new DrawnComparison(network, reference, other);
            if (!comparison.IsFair)
                continue;
            Fair.Add((name, drawn), other);
            return comparison;
        }
    }

    private static int Number(string variable, int unlessSet) => int.TryParse(Environment.GetEnvironmentVariable(variable), out int value) ? value : unlessSet;
}
