using RnnGen.Tests.Numerics;
using RnnGen.Training;

namespace RnnGen.Tests.Training;

/// <summary>The golden case of truncated training by way of the trainer: its losses. Its gradients are summed over chunks, which no update does.</summary>
[Trait("Category", "Numerics")]
public sealed class GoldenTruncationTests
{
    [Fact]
    public void The_losses_of_chunks_are_PyTorch_s()
    {
        GoldenCase golden = GoldenFile.Networks["tbptt_lstm_5x12_t20_k5"];
        using TruncatedLstm network = new(0);
        golden.CopyWeightsTo(network.Parameters);
        using var trainer = new Trainer<TruncatedLstm>(network, new TrainerOptions
        {
            Optimizer = new Sgd(0),
            Loss = Loss.MeanSquaredError,
            TruncateEvery = golden.Number("truncate"),
        });
        float loss = trainer.Update(golden.Batch(), golden["targets"]);
        Assert.Equal(golden["losses"].Length, trainer.Updates);
        Closeness.Check("golden networks, forward", $"{golden.Name} mean loss", [golden["losses"].Average()], [loss], Closeness.Forward);
    }
}
