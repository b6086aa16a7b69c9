using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using RnnGen.Runtime;
using RnnGen.Training;

namespace RnnGen.Tests.Memory;

public sealed class TapeTests
{
    private const int States = FakeNetwork<ManyToManyIdentity>.SizeOfA + FakeNetwork<ManyToManyIdentity>.SizeOfB;

    // One tape for a large batch, a smaller one and the large one again: rows are counted with each batch's own size, and nothing of the one before shows.
    private static readonly (int Steps, int Batch, bool Masked)[] Batches =
        [(6, 4, true), (3, 2, true), (1, 1, false), (5, 3, false), (6, 4, false), (2, 4, true)];

    [Fact]
    public void Passes_of_a_many_to_many_network_are_those_of_the_reference() => CheckAll<ManyToManyIdentity>();

    [Fact]
    public void Passes_of_a_softmax_network_are_those_of_the_reference() => CheckAll<ManyToManySoftmax>();

    [Fact]
    public void Passes_of_a_many_to_one_network_are_those_of_the_reference() => CheckAll<ManyToOneSigmoid>();

    // Whole vectors are computed with, padding included: what the tape lays into a region must leave the padding zero.
    [Fact]
    public unsafe void Padding_and_other_rows_stay_zero()
    {
        using var network = new FakeNetwork<ManyToManySoftmax>();
        using var tape = FakeNetwork<ManyToManySoftmax>.CreateTape(4, 3);
        tape.InitialState.Fill(1);
        tape.FinalStateGradients.Fill(1);
        TapeMemory memory = tape.BeginForward(network.Memory, Ones(3, 2));
        tape.EndForward();
        float[] gradients = [.. Enumerable.Range(1, 12).Select(i => (float)i)];
        tape.BeginBackward(network.Memory, gradients, ofLogits: true);

        IReadOnlyList<TapeRegion> regions = FakeNetwork<ManyToManySoftmax>.TapeLayout.Regions;
        for (int i = 0; i < regions.Count; i++)
        {
            // Frames are compact: 3 steps of 2 sequences. States start at row 0; their gradients in half 1, rows 2 and 3, as 3 is odd.
            (int from, int to, int columns) = regions[i].Name switch
            {
                "frames" => (0, 6, 3),
                "a" => (0, 2, 5),
                "b" => (0, 2, 3),
                "dlogits" => (0, 6, 2),
                "da" => (2, 4, 5),
                "db" => (2, 4, 3),
                _ => (0, 0, 0),
            };
            int rows = regions[i].Rows switch { TapeRows.One => 1, TapeRows.Batch => 3, TapeRows.TwoBatches => 6, TapeRows.Steps => 12, _ => 15 };
            Assert.Equal(0u, (nuint)Pinned.Pointer(ref memory.Region(i)) % 64);
            for (int at = 0; at < rows * regions[i].Stride; at++)
            {
                (int row, int column) = int.DivRem(at, regions[i].Stride);
                Assert.Equal(row >= from && row < to && column < columns, Unsafe.Add(ref memory.Region(i), at) != 0);
            }
        }
    }

    [Fact]
    public void Before_the_passes_the_results_are_empty()
    {
        using var tape = FakeNetwork<ManyToManySoftmax>.CreateTape(4, 3);
        Assert.Equal((4, 3, 0, 0), (tape.MaxSteps, tape.MaxBatchSize, tape.Steps, tape.BatchSize));
        Assert.Equal(0, tape.Outputs.Length + tape.Logits.Length + tape.Mask.Length + tape.FinalState.Length);
        Assert.Equal(0, tape.InputGradients.Length + tape.InitialStateGradients.Length);
        Assert.Equal(3 * States, tape.InitialState.Length);
        Assert.Equal(3 * States, tape.FinalStateGradients.Length);
        Assert.True(tape.InitialState.IndexOfAnyExcept(0f) < 0 && tape.FinalStateGradients.IndexOfAnyExcept(0f) < 0);

        using var network = new FakeNetwork<ManyToManySoftmax>();
        network.Forward(tape, Ones(2, 2));
        Assert.Equal(0, tape.InputGradients.Length + tape.InitialStateGradients.Length);
        network.Backward(tape, new float[8]);
        Assert.Equal((12, 16), (tape.InputGradients.Length, tape.InitialStateGradients.Length));
        network.Forward(tape, Ones(2, 2));
        Assert.Equal(0, tape.InputGradients.Length + tape.InitialStateGradients.Length);
    }

    [Fact]
    public void Logits_are_the_outputs_without_an_activation_and_their_own_with_one()
    {
        using var identity = FakeNetwork<ManyToManyIdentity>.CreateTape(2, 1);
        new FakeNetwork<ManyToManyIdentity>().Forward(identity, Ones(2, 1));
        Assert.True(identity.Outputs == identity.Logits);

        using var softmax = FakeNetwork<ManyToManySoftmax>.CreateTape(2, 1);
        new FakeNetwork<ManyToManySoftmax>().Forward(softmax, Ones(2, 1));
        Assert.Equal([1, 2, 1.5f, 3], softmax.Logits.ToArray());
        Assert.Equal(1, softmax.Outputs[0] + softmax.Outputs[1], 1e-6f);
    }

    [Fact]
    public void Gradients_are_seen_by_name_and_summed_until_cleared()
    {
        using var network = new FakeNetwork<ManyToManyIdentity>();
        using var tape = FakeNetwork<ManyToManyIdentity>.CreateTape(2, 1);
        Assert.Equal(network.Parameters.Select(parameter => parameter.Name), tape.Gradients.Select(gradient => gradient.Name));
        Assert.Equal(network.Memory.PackedWeights.Length, tape.PackedGradients.Length);

        // The fake adds 1 to the first packed value; in the test layout that is canonical row 5 (gate 1), column 0 of cell0.weight.
        network.Forward(tape, Ones(2, 1));
        network.Backward(tape, new float[4]);
        network.Backward(tape, new float[4]);
        var expected = new float[45];
        expected[15] = 2;
        Gradient gradient = tape.Gradients["cell0.weight"];
        Assert.Equal([15, 3], gradient.Shape);
        Assert.Equal(expected, gradient.ToArray());
        var copy = new float[45];
        gradient.CopyTo(copy);
        Assert.Equal(expected, copy);
        Assert.Throws<ArgumentException>("destination", () => gradient.CopyTo(new float[44]));
        Assert.Throws<KeyNotFoundException>(() => tape.Gradients["nothing"]);

        tape.ClearGradients();
        Assert.Equal(new float[45], gradient.ToArray());
    }

    [Theory]
    [InlineData(0, 1, "maxSteps")]
    [InlineData(-5, 1, "maxSteps")]
    [InlineData(1, 0, "batchSize")]
    [InlineData(1, int.MinValue, "batchSize")]
    [InlineData(int.MaxValue, int.MaxValue, "maxSteps")]
    [InlineData(1 << 16, 1 << 16, "maxSteps")] // 2^32 rows: 0 in 32 bits
    [InlineData(int.MaxValue, 1, "maxSteps")]
    public void An_impossible_size_is_refused(int maxSteps, int batchSize, string argument) =>
        Assert.Throws<ArgumentOutOfRangeException>(argument, () => FakeNetwork<ManyToManyIdentity>.CreateTape(maxSteps, batchSize));

    [Theory]
    [InlineData(5, 3, 3, "batch: expected at most 4 steps (MaxSteps), got 5")]
    [InlineData(4, 4, 3, "batch: expected at most 3 sequences (MaxBatchSize), got 4")]
    [InlineData(4, 3, 2, "batch: expected 3 features (InputSize), got 2")]
    public void A_batch_that_does_not_fit_is_refused_and_changes_nothing(int steps, int batch, int features, string message)
    {
        using var network = new FakeNetwork<ManyToManyIdentity>();
        using var tape = FakeNetwork<ManyToManyIdentity>.CreateTape(4, 3);
        network.Forward(tape, Ones(2, 2));
        float[] outputs = tape.Outputs.ToArray();

        SequenceBatch wrong = SequenceBatch.FromTimeMajor(new float[steps * batch * features], steps, batch, features);
        var error = Assert.Throws<ArgumentException>("batch", () => network.Forward(tape, wrong));
        Assert.StartsWith(message, error.Message);
        Assert.Throws<ArgumentNullException>("batch", () => network.Forward(tape, null!));
        Assert.Equal((2, 2), (tape.Steps, tape.BatchSize));
        Assert.Equal(outputs, tape.Outputs.ToArray());
        network.Backward(tape, new float[8]); // the earlier pass still counts
    }

    [Fact]
    public void Backward_needs_the_forward_pass_of_the_same_network()
    {
        using var network = new FakeNetwork<ManyToManyIdentity>();
        using var other = new FakeNetwork<ManyToManyIdentity>();
        using var tape = FakeNetwork<ManyToManyIdentity>.CreateTape(4, 3);
        var none = Assert.Throws<InvalidOperationException>(() => network.Backward(tape, []));
        Assert.Contains("no forward pass", none.Message);
        network.Forward(tape, Ones(2, 1));
        var foreign = Assert.Throws<InvalidOperationException>(() => other.Backward(tape, new float[4]));
        Assert.Contains("another network", foreign.Message);
        network.Backward(tape, new float[4]);

        // A pass that broke off between Begin and End is none.
        tape.BeginForward(network.Memory, Ones(2, 1));
        Assert.Throws<InvalidOperationException>(() => network.Backward(tape, new float[4]));
        Assert.Equal(0, tape.Outputs.Length);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(0)]
    public void A_gradient_of_another_length_is_refused(int length)
    {
        using var network = new FakeNetwork<ManyToManyIdentity>();
        using var tape = FakeNetwork<ManyToManyIdentity>.CreateTape(4, 3);
        network.Forward(tape, Ones(2, 1));
        var error = Assert.Throws<ArgumentException>("outputGradients", () => network.Backward(tape, new float[length]));
        Assert.StartsWith($"outputGradients: expected 4 values ([Steps, Batch, OutputSize]), got {length}", error.Message);
        Assert.Throws<ArgumentException>("logitGradients", () => network.BackwardFromLogits(tape, new float[length]));
        Assert.Equal(0, tape.InputGradients.Length);
    }

    [Fact]
    public void A_disposed_network_does_not_run()
    {
        var network = new FakeNetwork<ManyToManyIdentity>();
        using var tape = FakeNetwork<ManyToManyIdentity>.CreateTape(4, 3);
        network.Forward(tape, Ones(2, 1));
        network.Dispose();
        Assert.Throws<ObjectDisposedException>(() => network.Forward(tape, Ones(2, 1)));
        Assert.Throws<ObjectDisposedException>(() => network.Backward(tape, new float[4]));
        Assert.Equal(4, tape.Outputs.Length); // the tape lives on
    }

    public static TheoryData<string> Uses => [.. UseByName.Keys];

    private static readonly Dictionary<string, Action<Tape<FakeNetwork<ManyToManyIdentity>>, FakeNetwork<ManyToManyIdentity>, Gradient>> UseByName = new()
    {
        ["Steps"] = (tape, _, _) => _ = tape.Steps,
        ["BatchSize"] = (tape, _, _) => _ = tape.BatchSize,
        ["InitialState"] = (tape, _, _) => _ = tape.InitialState.Length,
        ["FinalState"] = (tape, _, _) => _ = tape.FinalState.Length,
        ["FinalStateGradients"] = (tape, _, _) => _ = tape.FinalStateGradients.Length,
        ["InitialStateGradients"] = (tape, _, _) => _ = tape.InitialStateGradients.Length,
        ["InputGradients"] = (tape, _, _) => _ = tape.InputGradients.Length,
        ["Outputs"] = (tape, _, _) => _ = tape.Outputs.Length,
        ["Logits"] = (tape, _, _) => _ = tape.Logits.Length,
        ["Mask"] = (tape, _, _) => _ = tape.Mask.Length,
        ["Gradients"] = (tape, _, _) => _ = tape.Gradients,
        ["PackedGradients"] = (tape, _, _) => _ = tape.PackedGradients.Length,
        ["ClearGradients"] = (tape, _, _) => tape.ClearGradients(),
        ["Forward"] = (tape, network, _) => network.Forward(tape, Ones(2, 1)),
        ["Backward"] = (tape, network, _) => network.Backward(tape, new float[4]),
        ["Gradient.ToArray"] = (_, _, gradient) => gradient.ToArray(),
        ["Gradient.CopyTo"] = (_, _, gradient) => gradient.CopyTo(new float[gradient.Count]),
    };

    [Theory]
    [MemberData(nameof(Uses))]
    public void After_Dispose_every_use_throws(string use)
    {
        using var network = new FakeNetwork<ManyToManyIdentity>();
        var tape = FakeNetwork<ManyToManyIdentity>.CreateTape(4, 3);
        network.Forward(tape, Ones(2, 1));
        Gradient gradient = tape.Gradients[0];
        tape.Dispose();
        tape.Dispose(); // twice is allowed
        var error = Assert.Throws<ObjectDisposedException>(() => UseByName[use](tape, network, gradient));
        Assert.Equal("Tape<FakeNetwork>", error.ObjectName);
    }

    [Fact]
    public void The_threads_of_a_tape_end_when_it_is_disposed_of()
    {
        const int Sequences = 3 * Shares.Unit;
        var threads = new ConcurrentBag<Thread>();
        using var network = new FakeNetwork<ManyToManyIdentity> { OnPass = _ => threads.Add(Thread.CurrentThread) };
        var tape = FakeNetwork<ManyToManyIdentity>.CreateTape(2, Sequences);
        tape.Threads = 3;
        tape.BeginForward(network.Memory, Ones(2, Sequences));
        tape.Forward(network);
        Thread[] others = [.. threads.Distinct().Where(thread => thread != Thread.CurrentThread)];
        Assert.Equal(2, others.Length);
        Assert.All(others, thread => Assert.True(thread.IsAlive));
        tape.Dispose();
        Assert.All(others, thread => Assert.True(thread.Join(TimeSpan.FromSeconds(30)), $"{thread.Name} did not end"));
        GC.KeepAlive(tape); // It was not the garbage collector who ended them.
    }

    [Fact]
    public void Passes_allocate_nothing()
    {
        using var network = new FakeNetwork<ManyToManySoftmax>();
        using var tape = FakeNetwork<ManyToManySoftmax>.CreateTape(4, 3);
        SequenceBatch batch = Ones(4, 3);
        var gradients = new float[24];
        AllocatedBytes.AssertNone(() =>
        {
            network.Forward(tape, batch);
            network.Backward(tape, gradients);
            network.BackwardFromLogits(tape, gradients);
            tape.ClearGradients();
            tape.InitialState.Clear();
            _ = tape.Outputs.Length + tape.FinalState.Length + tape.Gradients["cell0.bias"].Count;
        });
    }

    [Fact]
    public void A_span_outlives_its_tape()
    {
        Span<float> state = Orphan();
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        Assert.Equal(3, state.Length / States);
        Assert.Equal(7, state[5]);

        static Span<float> Orphan()
        {
            Tape<FakeNetwork<ManyToManyIdentity>> tape = FakeNetwork<ManyToManyIdentity>.CreateTape(4, 3);
            tape.InitialState.Fill(7);
            return tape.InitialState;
        }
    }

    private static SequenceBatch Ones(int steps, int batch)
    {
        var data = new float[steps * batch * 3];
        Array.Fill(data, 1);
        return SequenceBatch.FromTimeMajor(data, steps, batch, 3);
    }

    private static void CheckAll<TVariant>()
        where TVariant : struct, IFakeVariant
    {
        using var network = new FakeNetwork<TVariant>();
        using var tape = FakeNetwork<TVariant>.CreateTape(6, 4);
        var check = new TapeCheck<TVariant>(network, tape);
        int seed = 0;
        foreach ((int steps, int batch, bool masked) in Batches)
        {
            check.Run(steps, batch, masked, new Random(++seed));
        }
    }
}
