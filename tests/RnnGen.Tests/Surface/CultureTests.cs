using System.Globalization;
using RnnGen.Runtime;
using RnnGen.Training;
using Net = RnnGen.Tests.Training.LinearNetwork<RnnGen.Tests.Training.PerStepSoftmax>;

namespace RnnGen.Tests.Surface;

/// <summary>Messages and files are the same under every culture: also one that writes no number as others do.</summary>
public sealed class CultureTests
{
    private static readonly SequenceBatch Batch = SequenceBatch.FromTimeMajor([1, 2, 3], 1, 1, 3);

    private static Dictionary<string, Action> Refusals { get; } = new()
    {
        ["a learning rate"] = () => _ = new Sgd(-0.5f),
        ["a decay"] = () => _ = new Adam(0.001f, weightDecay: -1.5e-20f),
        ["a factor"] = () => LearningRateSchedule.Step(3, -0.25),
        ["a floor"] = () => LearningRateSchedule.CosineWithWarmup(1, 5, -0.125),
        ["an interval"] = () => LearningRateSchedule.Step(-3, 0.5),
        ["a norm"] = () => _ = new TrainerOptions { Optimizer = new Sgd(1), Loss = Loss.CrossEntropy, ClipNorm = float.NegativeInfinity },
        ["a patience"] = () => _ = new TrainerOptions { Optimizer = new Sgd(1), Loss = Loss.CrossEntropy, Patience = -7 },
        ["a weight"] = () => Trainer().Update(Batch, [1], [-2.5f]),
        ["no number"] = () => Trainer().Update(Batch, [1], [float.NaN]),
        ["a class"] = () => Trainer().Update(Batch, [-3]),
        ["a loss"] = Diverge,
        ["epochs"] = () => Trainer().Fit(TrainingSet.PerStep([[1, 2, 3]], 3, new int[][] { [1] }), null, -1),
        ["an index"] = () => _ = Net.Create(1).Parameters[-1],
        ["a length"] = () => _ = new Arena(-12345),
        ["an update interval"] = () => _ = new CheckpointOptions("path", -10_000),
        ["a symbol"] = () => OneHot.Encode([-4], 3),
        ["a kind"] = () => SequenceBatch.Pad([new float[] { 1 }], 1, (Padding)(-1)),
        ["metrics"] = () => _ = new RegressionMetrics(-2),
        ["a matrix"] = () => new ConfusionMatrix(3).Add(0, 1, -0.5),
        ["a tape"] = () => Net.CreateTape(-1, 1),
        ["threads"] = () => Net.Create(1).Memory.Threads = -1,
    };

    public static TheoryData<string> Names => [.. Refusals.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_message_is_the_same(string name)
    {
        string expected = Under(CultureInfo.InvariantCulture, () => Record.Exception(Refusals[name])!.Message);
        string actual = Under(Hostile(), () => Record.Exception(Refusals[name])!.Message);
        Assert.Equal(expected, actual);
        Assert.True(expected.Contains('-', StringComparison.Ordinal) || expected.Contains("NaN", StringComparison.Ordinal), expected); // it would show
    }

    [Fact]
    public void The_culture_is_one_that_would_show() =>
        Assert.Equal("minus0 point 5 minus3 not one", Under(Hostile(), () => $"{-0.5} {-3} {double.NaN}")); // .NET's own way, in this assembly

    [Fact]
    public void A_description_is_the_same()
    {
        object[] described =
        [
            new Sgd(0.5f, 0.25f), new Adam(1e-20f), new AdamW(0.5f), new RmsProp(0.5f), new Adagrad(0.5f), LearningRateSchedule.Step(3, 1e-20),
            LearningRateSchedule.CosineWithWarmup(1, 5, 0.125),
        ];
        Assert.Equal(
            described.Select(each => Under(CultureInfo.InvariantCulture, () => each.ToString())),
            described.Select(each => Under(Hostile(), () => each.ToString())));
    }

    // As with the compiler, so with calls of .NET's own that BannedSymbols.txt does not list: what is made of a text with values is made by this type.
    [Fact]
    public void The_assembly_makes_its_texts_by_its_own_type()
    {
        Type type = typeof(Arena).Assembly.GetType("System.Runtime.CompilerServices.DefaultInterpolatedStringHandler", throwOnError: true)!;
        Assert.NotEqual(typeof(object).Assembly, type.Assembly);
    }

    private static void Diverge()
    {
        using Trainer<Net> trainer = Trainer();
        trainer.Network.Memory.PackedWeights[0] = float.NaN;
        trainer.Update(Batch, [1]);
    }

    private static Trainer<Net> Trainer() => new(Net.Create(1), new TrainerOptions { Optimizer = new Sgd(1), Loss = Loss.CrossEntropy });

    private static CultureInfo Hostile()
    {
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        culture.NumberFormat.NegativeSign = "minus";
        culture.NumberFormat.PositiveSign = "plus";
        culture.NumberFormat.NumberDecimalSeparator = " point ";
        culture.NumberFormat.NumberGroupSeparator = " group ";
        culture.NumberFormat.NaNSymbol = "not one";
        culture.NumberFormat.PositiveInfinitySymbol = "endless";
        culture.NumberFormat.NegativeInfinitySymbol = "bottomless";
        return culture;
    }

    private static T Under<T>(CultureInfo culture, Func<T> act)
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = culture;
        try
        {
            return act();
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
