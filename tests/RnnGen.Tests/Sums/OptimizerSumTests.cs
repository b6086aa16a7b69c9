using RnnGen.Tests.Training;
using RnnGen.Training;

namespace RnnGen.Tests.Sums;

/// <summary>Optimisers after so many updates that their sums and powers are put to the test: what they remember is put there instead of counted up.</summary>
public sealed class OptimizerSumTests
{
    [Fact]
    public void Adagrad_goes_on_adding_up_after_millions_of_updates()
    {
        const int Length = 19, Most = 1 << 24, Updates = 1001;
        var optimizer = new Adagrad(1);
        var state = new OptimizerState(optimizer, Length);
        float[] sums = new float[Length], gradients = new float[Length], weights = new float[Length];
        Array.Fill(sums, Most);
        Array.Fill(gradients, 1);
        state.Restore(Most, sums, new float[Length]);
        for (int update = 0; update < Updates; update++)
            state.Update(weights, gradients, 1);
        for (int i = 0; i < Length; i++)
            Assert.Equal(Most + (double)Updates, (double)state.Slot(0)[i] + state.Slot(1)[i]);
        Assert.All(weights, weight => Assert.Equal(weights[0], weight));
    }

    [Fact]
    public void Adagrad_takes_an_infinite_sum_for_one_that_nothing_is_lost_of()
    {
        var state = new OptimizerState(new Adagrad(1), 3);
        float[] weights = [1, 1, 1];
        for (int update = 0; update < 3; update++)
            state.Update(weights, [1e30f, 1e30f, 1e30f], 1);
        Assert.All(weights, weight => Assert.Equal(1, weight));
    }

    [Theory]
    [InlineData(10_000_019, 0.9999999)]
    [InlineData(10_000_019, 0.999)]
    [InlineData(5_000_000_000, 0.9999999)] // more than an int counts
    public void Adam_corrects_its_bias_after_millions_of_updates(long updates, double beta2)
    {
        // 1 − β^t where it has its largest error: by logarithms, which do not add up the errors of powers.
        double correction = -(Math.Exp(updates * Math.Log(beta2)) - 1);
        var state = new OptimizerState(new Adam(1, 0, beta2), 1);
        state.Restore(updates - 1, [0], [0.25f]);
        float[] weights = [0];
        state.Update(weights, [0.5f], 1);
        Assert.Equal(updates, state.Updates);
        Numbers.AssertNear(-0.5 / Math.Sqrt(0.25 / correction), weights[0], 3e-7);
    }

    [Fact]
    public void A_decay_that_is_1_as_a_float_is_refused()
    {
        // In floats 1e-8 of each square would be added, and nothing would ever decay.
        Assert.Throws<ArgumentOutOfRangeException>("beta2", () => new Adam(1, 0.9, 0.99999999));
        Assert.Throws<ArgumentOutOfRangeException>("beta1", () => new AdamW(1, 0.99999999));
        Assert.Throws<ArgumentOutOfRangeException>("alpha", () => new RmsProp(1, 0.99999999));
        _ = new Adam(1, 0.9, 0.99999994);
    }
}
