namespace RnnGen.Tests.Training;

/// <summary>Several threads train one network: the bits must not depend on how many.</summary>
public sealed class ThreadTests
{
    private const int Steps = 9;

    public static TheoryData<int, int> Sizes => new() { { 2, 16 }, { 3, 16 }, { 5, 7 }, { 2, 3 }, { 4, 1 } };

    [Theory]
    [MemberData(nameof(Sizes))]
    public void A_stack_gives_the_same_bits(int threads, int batch) => Compare<ThreadedStack>(threads, batch);

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Both_directions_and_the_last_step_give_the_same_bits(int threads, int batch) => Compare<ThreadedLast>(threads, batch);

    [Theory]
    [MemberData(nameof(Sizes))]
    public void What_adds_to_gradients_in_its_equations_gives_the_same_bits(int threads, int batch) => Compare<ThreadedPeepholes>(threads, batch);

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Noise_and_windows_give_the_same_bits(int threads, int batch) => Compare<ThreadedNoise>(threads, batch);

    [Fact]
    public void The_number_may_change_and_must_be_positive()
    {
        using var tape = ThreadedStack.CreateTape(2, 2);
        Assert.Equal(1, tape.Threads);
        tape.Threads = 3;
        tape.Threads = 2;
        Assert.Equal(2, tape.Threads);
        tape.Threads = 1;
        Assert.Equal("Threads", Assert.Throws<ArgumentOutOfRangeException>(() => tape.Threads = 0).ParamName);
        tape.Dispose();
        Assert.Throws<ObjectDisposedException>(() => tape.Threads = 2);
    }

    [Fact]
    public void A_trainer_with_threads_makes_the_same_network()
    {
        float[] one = Trained(threads: 1), two = Trained(threads: 2);
        Assert.Equal(one, two);

        static float[] Trained(int threads)
        {
            using var network = new ThreadedStack(seed: 3);
            var options = new TrainerOptions { Optimizer = new Adam(1e-2f), Loss = Loss.MeanSquaredError, BatchSize = 16, ClipNorm = 1, Threads = threads };
            var trainer = new Trainer<ThreadedStack>(network, options);
            var batch = Batch(16, ThreadedStack.InputSize);
            float[] targets = Noise(Steps * 16 * ThreadedStack.OutputSize, seed: 5);
            for (int update = 0; update < 5; update++)
                trainer.Update(batch, targets);
            return [.. network.Parameters.SelectMany(parameter => parameter.ToArray())];
        }
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void A_run_of_a_batch_gives_the_same_bits(int threads, int batch)
    {
        Assert.Equal(Run<ThreadedStack>(1, batch), Run<ThreadedStack>(threads, batch));
        Assert.Equal(Run<ThreadedLast>(1, batch), Run<ThreadedLast>(threads, batch));
        Assert.Equal(Run<ThreadedNoise>(1, batch), Run<ThreadedNoise>(threads, batch));

        static float[] Run<TNetwork>(int threads, int batch)
            where TNetwork : class, INetwork<TNetwork>
        {
            using var network = TNetwork.Create(7);
            network.Memory.Threads = threads;
            float[] outputs = new float[Steps * batch * TNetwork.OutputSize];
            var output = outputs.AsSpan(0, (TNetwork.Layout.ManyToOne ? 1 : Steps) * batch * TNetwork.OutputSize);
            network.Run(Batch(batch, TNetwork.InputSize), output);
            network.Run(Batch(batch, TNetwork.InputSize), output);
            return outputs;
        }
    }

    [Theory]
    [InlineData(2, 40)]
    [InlineData(3, 16)]
    [InlineData(2, 5)]
    public void Steps_of_many_streams_give_the_same_bits(int threads, int streams)
    {
        var (one, several) = (Step(1), Step(threads));
        Assert.Equal(one.Outputs, several.Outputs);
        Assert.Equal(one.State, several.State);

        (float[] Outputs, float[] State) Step(int count)
        {
            using var network = new ThreadedStack(seed: 4) { Threads = count };
            Assert.Equal(count, network.Threads);
            var states = new ThreadedStack.State[streams];
            float[] outputs = new float[streams * ThreadedStack.OutputSize];
            float[] frames = Noise(streams * ThreadedStack.InputSize, seed: 9);
            for (int step = 0; step < 4; step++)
                network.Step(states, frames, outputs);
            float[] last = new float[ThreadedStack.StateSize];
            network.State = states[^1];
            network.CopyStateTo(last);
            return (outputs, last);
        }
    }

    private static void Compare<TNetwork>(int threads, int batch)
        where TNetwork : class, INetwork<TNetwork>
    {
        var one = Pass<TNetwork>(1, batch);
        var several = Pass<TNetwork>(threads, batch);
        Assert.Contains(one.Gradients, value => value != 0);
        Assert.Equal(one.Outputs, several.Outputs);
        Assert.Equal(one.Gradients, several.Gradients);
        Assert.Equal(one.InputGradients, several.InputGradients);
        Assert.Equal(one.State, several.State);
    }

    private static (float[] Outputs, float[] Gradients, float[] InputGradients, float[] State) Pass<TNetwork>(int threads, int batch)
        where TNetwork : class, INetwork<TNetwork>
    {
        using var network = TNetwork.Create(7);
        using var tape = TNetwork.CreateTape(Steps + 2, batch + 1);
        tape.Threads = threads;
        tape.DropoutSeed = 11;
        network.Forward(tape, Batch(batch, TNetwork.InputSize));
        float[] outputs = tape.Outputs.ToArray();
        network.Backward(tape, Noise(outputs.Length, seed: 2));
        network.Forward(tape, Batch(batch, TNetwork.InputSize)); // Threads that have slept do it again.
        network.Backward(tape, Noise(outputs.Length, seed: 3));
        return (outputs, tape.PackedGradients.ToArray(), tape.InputGradients.ToArray(), tape.InitialStateGradients.ToArray());
    }

    /// <summary>Sequences of different lengths.</summary>
    private static SequenceBatch Batch(int batch, int features)
    {
        int[] lengths = [.. Enumerable.Range(0, batch).Select(sequence => Steps - (sequence % 4))];
        return SequenceBatch.FromTimeMajor(Noise(Steps * batch * features, seed: 1), Steps, batch, features, lengths);
    }

    private static float[] Noise(int length, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, length).Select(_ => random.NextSingle() - 0.5f)];
    }
}

[Network(5)]
[Lstm(20)]
[Gru(33)]
[Dense(3)]
internal sealed partial class ThreadedStack;

[Network(4)]
[Gru(12, Direction = Direction.Bidirectional)]
[LastStep]
[Dense(3, Activation.Softmax)]
internal sealed partial class ThreadedLast;

[Network(4)]
[Lstm(17, Peephole = true, LearnedState = true)]
[Rnn(9, LayerNorm = true)]
[Dense(2)]
internal sealed partial class ThreadedPeepholes;

[Network(4)]
[Conv1D(8, 3)]
[Lstm(16, RecurrentDropout = 0.3f)]
[Dropout(0.2f)]
[MaxPool]
[Dense(2)]
internal sealed partial class ThreadedNoise;
