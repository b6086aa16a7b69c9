using System.Globalization;
using System.Text.RegularExpressions;
using RnnGen.Training;

namespace RnnGen.Tests.Numerics;

/// <summary>Training runs of PyTorch with each optimiser: the losses on the way and the weights at the end.</summary>
[Trait("Category", "Numerics")]
public sealed partial class GoldenTrainingTests
{
    public static TheoryData<string> Cases => GoldenFile.Training.CasesWhere(_ => true);

    [Theory]
    [MemberData(nameof(Cases))]
    public void Training_is_PyTorch_s(string name)
    {
        GoldenCase golden = GoldenFile.Training[name];
        Action<GoldenCase> check = golden.Text("kind") switch
        {
            "rnn" => Check<TrainedRnn>,
            "lstm" => Check<TrainedLstm>,
            "gru" => Check<TrainedGru>,
            var kind => throw new InvalidOperationException($"no network for {kind}"),
        };
        check(golden);
    }

    [Fact]
    public void No_case_is_left_out() => Assert.Equal(24, Cases.Count<object[]>());

    private static void Check<TNetwork>(GoldenCase golden)
        where TNetwork : class, INetwork<TNetwork>
    {
        using TNetwork network = TNetwork.Create(0);
        golden.CopyWeightsTo(network.Parameters, "start.");
        var clip = golden.Description.GetProperty("clip_global_norm");
        using var trainer = new Trainer<TNetwork>(network, new TrainerOptions
        {
            Optimizer = Optimizer(golden.Text("optimizer")),
            Loss = Loss.CrossEntropy,
            ClipNorm = clip.ValueKind == System.Text.Json.JsonValueKind.Null ? null : clip.GetSingle(),
        });
        SequenceBatch batch = golden.Batch();
        int[] targets = golden.Integers("targets");
        float[] losses = [.. Enumerable.Range(0, golden.Number("updates")).Select(_ => trainer.Update(batch, targets))];

        Trained(golden, "losses", golden["losses"], losses);
        foreach (Parameter parameter in network.Parameters)
            Trained(golden, parameter.Name, golden["end." + golden.PyTorchName(parameter.Name)], parameter.ToArray());
    }

    /// <summary>The optimiser that PyTorch prints as <c>SGD ( Parameter Group 0 lr: 0.1 momentum: 0 … )</c>.</summary>
    private static Optimizer Optimizer(string text)
    {
        Dictionary<string, string> options = Option().Matches(text).ToDictionary(match => match.Groups["key"].Value, match => match.Groups["value"].Value);
        double Number(string key) => double.Parse(options[key], CultureInfo.InvariantCulture);
        double[] Betas() => [.. options["betas"].Trim('(', ')').Split(',').Select(beta => double.Parse(beta, CultureInfo.InvariantCulture))];
        float rate = (float)Number("lr");
        float decay = (float)Number("weight_decay");
        return text[..text.IndexOf(' ')] switch
        {
            "SGD" => new Sgd(rate, (float)Number("momentum"), bool.Parse(options["nesterov"]), decay),
            "Adam" => new Adam(rate, Betas()[0], Betas()[1], Number("eps"), decay),
            "AdamW" => new AdamW(rate, Betas()[0], Betas()[1], Number("eps"), decay),
            "RMSprop" => new RmsProp(rate, Number("alpha"), Number("eps"), decay, (float)Number("momentum")),
            "Adagrad" => new Adagrad(rate, Number("eps"), decay),
            var name => throw new InvalidOperationException($"no optimiser for {name}"),
        };
    }

    private static void Trained(GoldenCase golden, string what, ReadOnlySpan<float> expected, ReadOnlySpan<float> actual) =>
        Closeness.Check("golden training", $"{golden.Name} {what}", expected, actual, Closeness.Trained);

    [GeneratedRegex(@"(?<key>\w+): (?<value>\([^)]*\)|\S+)")]
    private static partial Regex Option();
}
