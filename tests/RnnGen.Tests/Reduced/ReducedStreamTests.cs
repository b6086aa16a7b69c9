using RnnGen.Tests.Memory;
using RnnGen.Tests.Training;

namespace RnnGen.Tests.Reduced;

/// <summary>Many streams on one reduced copy of the weights.</summary>
[Trait("Category", "Numerics")]
public sealed class ReducedStreamTests
{
    private const int In = ClassifierByte.InputSize;
    private const int Out = ClassifierByte.OutputSize;

    [Fact]
    public void Streams_stepped_together_are_the_streams_one_by_one()
    {
        using ClassifierByte network = new(1);
        const int Streams = 19;
        ClassifierByte.State[] together = new ClassifierByte.State[Streams], alone = new ClassifierByte.State[Streams];
        float[] outputs = new float[Streams * Out], output = new float[Out];
        for (int step = 0; step < 4; step++)
        {
            float[] frames = Numbers.Draw(step, Streams * In);
            bool[] active = [.. Enumerable.Range(0, Streams).Select(stream => (stream + step) % 3 != 0)];
            network.Step(together, frames, outputs, active);
            for (int stream = 0; stream < Streams; stream++)
            {
                output.AsSpan().Clear();
                if (active[stream])
                    network.Step(ref alone[stream], frames.AsSpan(stream * In, In), output);
                Numbers.AssertSameBits(output, outputs.AsSpan(stream * Out, Out));
            }

            Assert.Equal(alone, together);
        }

        AllocatedBytes.AssertNone(() => network.Step(together, Frames, outputs));
    }

    [Fact]
    public void Many_threads_may_make_the_copy_at_once()
    {
        float[] expected = new float[Out];
        using (ClassifierByte network = new(1))
            network.Step(Frames[..In], expected);
        for (int attempt = 0; attempt < 50; attempt++)
        {
            using ClassifierByte network = new(1);
            Parallel.For(0, 4, _ =>
            {
                ClassifierByte.State state = default;
                float[] output = new float[Out];
                network.Step(ref state, Frames.AsSpan(0, In), output);
                Numbers.AssertSameBits(expected, output);
            });
        }
    }

    [Fact]
    public void A_network_that_is_disposed_of_refuses_to_step()
    {
        ClassifierByte network = new(1);
        network.Dispose();
        Assert.Throws<ObjectDisposedException>(() => network.Step(Frames.AsSpan(0, In), new float[Out]));
    }

    private static float[] Frames { get; } = Numbers.Draw(3, 19 * In);
}
