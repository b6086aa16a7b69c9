using RnnGen.Runtime;
using RnnGen.Training;

namespace RnnGen.Tests.Memory;

/// <summary>Runs a fake network's two passes on a random batch and compares every result of the tape with <see cref="FakeReference"/>.</summary>
/// <typeparam name="TVariant">How the network answers.</typeparam>
/// <param name="network">The network.</param>
/// <param name="tape">The tape, used again and again.</param>
internal sealed class TapeCheck<TVariant>(FakeNetwork<TVariant> network, Tape<FakeNetwork<TVariant>> tape)
    where TVariant : struct, IFakeVariant
{
    private const double Tolerance = 1e-5;

    private static readonly int States = FakeNetwork<TVariant>.StateSize;

    public void Run(int steps, int batch, bool masked, Random random)
    {
        float[] data = Random(random, steps * batch * 3);
        byte[] mask = [.. Enumerable.Range(0, steps * batch).Select(row => (byte)(masked && row / batch > 0 && random.Next(3) == 0 ? 0 : 1))];
        Random(random, tape.InitialState.Length).CopyTo(tape.InitialState);
        Random(random, tape.FinalStateGradients.Length).CopyTo(tape.FinalStateGradients);
        network.Forward(tape, SequenceBatch.FromTimeMajor(data, steps, batch, 3, (ReadOnlySpan<byte>)mask));

        Assert.Equal((steps, batch), (tape.Steps, tape.BatchSize));
        Assert.Equal(mask, tape.Mask.ToArray());
        int outputRows = TVariant.ManyToOne ? batch : steps * batch;
        Assert.Equal((outputRows * 2, outputRows * 2), (tape.Outputs.Length, tape.Logits.Length));
        for (int b = 0; b < batch; b++)
        {
            CheckForward(data, mask, steps, batch, b);
        }

        float[] gradients = Random(random, outputRows * 2);
        for (int row = 0; !TVariant.ManyToOne && row < outputRows; row++)
        {
            if (mask[row] == 0)
            {
                gradients.AsSpan(row * 2, 2).Fill(float.NaN); // must not matter
            }
        }

        foreach (bool ofLogits in (bool[])[false, true, false])
        {
            if (ofLogits)
            {
                network.BackwardFromLogits(tape, gradients);
            }
            else
            {
                network.Backward(tape, gradients);
            }

            Assert.Equal((steps * batch * 3, batch * States), (tape.InputGradients.Length, tape.InitialStateGradients.Length));
            for (int b = 0; b < batch; b++)
            {
                CheckBackward(mask, gradients, ofLogits, steps, batch, b);
            }
        }
    }

    private void CheckForward(float[] data, byte[] mask, int steps, int batch, int b)
    {
        int[] rows = RealRows(mask, steps, batch, b);
        var reference = new FakeReference(rows.Select(row => data[(row * 3)..(row * 3 + 3)]), tape.InitialState.Slice(b * States, States));
        Close(reference.FinalState, tape.FinalState.Slice(b * States, States));
        if (TVariant.ManyToOne)
        {
            Close(reference.Logits[^1], tape.Logits.Slice(b * 2, 2));
            Close(Activate(reference.Logits[^1]), tape.Outputs.Slice(b * 2, 2));
            return;
        }

        for (int row = b, real = 0; row < mask.Length; row += batch)
        {
            double[] logits = mask[row] == 0 ? [0, 0] : reference.Logits[real++];
            Close(logits, tape.Logits.Slice(row * 2, 2));
            Close(mask[row] == 0 ? [0, 0] : Activate(logits), tape.Outputs.Slice(row * 2, 2));
        }
    }

    private void CheckBackward(byte[] mask, float[] gradients, bool ofLogits, int steps, int batch, int b)
    {
        int[] rows = RealRows(mask, steps, batch, b);
        var logitGradients = new double[rows.Length][];
        for (int i = 0; i < rows.Length; i++)
        {
            bool answers = !TVariant.ManyToOne || i == rows.Length - 1;
            int row = TVariant.ManyToOne ? b : rows[i];
            logitGradients[i] = answers ? Derive(tape.Outputs.Slice(row * 2, 2), gradients.AsSpan(row * 2, 2), ofLogits) : [0, 0];
        }

        (double[][] frames, double[] initial) = FakeReference.Gradient(logitGradients, tape.FinalStateGradients.Slice(b * States, States));
        Close(initial, tape.InitialStateGradients.Slice(b * States, States));
        for (int row = b, real = 0; row < mask.Length; row += batch)
        {
            Close(mask[row] == 0 ? [0, 0, 0] : frames[real++], tape.InputGradients.Slice(row * 3, 3));
        }
    }

    private static int[] RealRows(byte[] mask, int steps, int batch, int b) =>
        [.. Enumerable.Range(0, steps).Select(t => t * batch + b).Where(row => mask[row] != 0)];

    private static double[] Activate(double[] logits) => TVariant.Activation switch
    {
        OutputActivation.Sigmoid => [.. logits.Select(logit => 1 / (1 + Math.Exp(-logit)))],
        OutputActivation.Softmax => [.. logits.Select(logit => Math.Exp(logit) / logits.Sum(Math.Exp))],
        _ => logits,
    };

    private static double[] Derive(ReadOnlySpan<float> p, ReadOnlySpan<float> dp, bool ofLogits)
    {
        double dot = (double)p[0] * dp[0] + (double)p[1] * dp[1];
        return (ofLogits ? OutputActivation.Identity : TVariant.Activation) switch
        {
            OutputActivation.Sigmoid => [dp[0] * p[0] * (1.0 - p[0]), dp[1] * p[1] * (1.0 - p[1])],
            OutputActivation.Softmax => [p[0] * (dp[0] - dot), p[1] * (dp[1] - dot)],
            _ => [dp[0], dp[1]],
        };
    }

    private static float[] Random(Random random, int count) => [.. Enumerable.Range(0, count).Select(_ => random.NextSingle() * 2 - 1)];

    private static void Close(double[] expected, ReadOnlySpan<float> actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], actual[i], Tolerance);
        }
    }
}
