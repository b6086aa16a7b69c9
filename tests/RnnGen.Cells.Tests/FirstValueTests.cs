namespace RnnGen.Cells.Tests;

/// <summary>Parameters begin as the cells' authors say.</summary>
public sealed class FirstValueTests
{
    [Fact]
    public void Forget_biases_of_Janet_are_one()
    {
        using var network = new JanetNetwork(seed: 1);

        Assert.Equal([.. Enumerable.Repeat(1f, 12), .. new float[12]], network.Parameters["janet0.bias_ih"].ToArray());
        Assert.All(network.Parameters["janet0.bias_hh"].ToArray(), value => Assert.Equal(0, value));
    }

    [Fact]
    public void Recurrent_weights_of_IndRnn_lie_between_zero_and_one()
    {
        using var network = new IndRnnNetwork(seed: 1);
        float[] weights = network.Parameters["indrnn0.recurrent"].ToArray();

        Assert.All(weights, weight => Assert.InRange(weight, 0, 1));
        Assert.InRange(weights.Max() - weights.Min(), 0.3, 1);
    }

    /// <summary>The memory of an LMU approximates a delay by θ: its polynomials at the window's far end give what came in θ steps ago.</summary>
    [Fact]
    public void The_memory_of_an_Lmu_is_a_delay()
    {
        const int Order = 7;
        const double Theta = 100;
        using var network = new LmuNetwork(seed: 1);
        double[] a = [.. network.Parameters["lmu0.memory"].ToArray()], b = [.. network.Parameters["lmu0.memory_input"].ToArray()];
        double[] memory = new double[Order];
        for (int step = 0; step < 600; step++)
        {
            memory = Numbers.Plus(Numbers.Apply(a, memory), Numbers.Map(b, value => value * Math.Sin(2 * Math.PI * step / 200)));
            if (step > 300)
                Assert.Equal(Math.Sin(2 * Math.PI * (step - Theta + 0.5) / 200), memory.Sum(), 0.05);
        }
    }

    [Fact]
    public void Scalars_begin_as_they_say()
    {
        using var network = new FastGrnnNetwork(seed: 1);

        Assert.Equal([1f], network.Parameters["fastgrnn0.zeta"].ToArray());
        Assert.Equal([-4f], network.Parameters["fastgrnn0.nu"].ToArray());
    }
}
