using RnnGen.Training;

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
            using var trainer = new Trainer<ThreadedStack>(network, options);
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
            network.CurrentState = states[^1];
            network.CopyStateTo(last);
            return (outputs, last);
        }
    }

    [Fact]
    public void Outputs_may_be_written_over_frames()
    {
        const int Streams = 256;
        float[] one = InPlace(1), two = InPlace(2);
        Assert.Equal(one, two);

        static float[] InPlace(int threads)
        {
            using var network = new ThreadedNarrowing(seed: 2) { Threads = threads };
            float[] frames = Noise(Streams * ThreadedNarrowing.InputSize, seed: 8);
            var outputs = frames.AsSpan(0, Streams * ThreadedNarrowing.OutputSize);
            network.Step(new ThreadedNarrowing.State[Streams], frames, outputs);
            return outputs.ToArray();
        }
    }

    [Fact]
    public void Disposing_of_a_network_that_runs_on_another_thread_ends_its_run()
    {
        for (int round = 0; round < 20; round++)
        {
            var network = new ThreadedStack(seed: 1) { Threads = 3 };
            using var running = new ManualResetEventSlim();
            var runner = new Thread(() => StepUntilDisposed(network, running));
            runner.Start();
            running.Wait();
            network.Dispose();
            Assert.True(runner.Join(TimeSpan.FromSeconds(30)), "the run did not end");
        }

        static void StepUntilDisposed(ThreadedStack network, ManualResetEventSlim running)
        {
            var states = new ThreadedStack.State[16];
            float[] frames = Noise(16 * ThreadedStack.InputSize, seed: 1), outputs = new float[16 * ThreadedStack.OutputSize];
            try
            {
                for (int step = 0; step < 1_000_000; step++)
                {
                    network.Step(states, frames, outputs);
                    running.Set();
                }
            }
            catch (ObjectDisposedException)
            {
            }
        }
    }

    [Fact]
    public void Two_runs_at_once_are_refused_or_go_one_after_the_other()
    {
        using var network = new ThreadedStack(seed: 1) { Threads = 2 };
        var batch = Batch(16, ThreadedStack.InputSize);
        var failures = new Exception?[2];
        Thread[] threads = [.. Enumerable.Range(0, 2).Select(index => new Thread(() => failures[index] = Run()))];
        foreach (var thread in threads)
            thread.Start();
        Assert.All(threads, thread => Assert.True(thread.Join(TimeSpan.FromSeconds(30)), "a run did not end"));
        Assert.All(failures, failure => Assert.True(failure is null or InvalidOperationException, failure?.ToString()));

        Exception? Run()
        {
            float[] outputs = new float[Steps * 16 * ThreadedStack.OutputSize];
            return Record.Exception(() =>
            {
                for (int run = 0; run < 500; run++)
                    network.Run(batch, outputs);
            });
        }
    }

    [Fact]
    public void A_trainer_that_is_dropped_takes_its_threads_along()
    {
        var tapes = Enumerable.Range(0, 8).Select(_ => Dropped()).ToList();
        for (int attempt = 0; attempt < 50 && tapes.Exists(tape => tape.IsAlive); attempt++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            Thread.Sleep(10);
        }

        Assert.DoesNotContain(tapes, tape => tape.IsAlive);

        [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
        static WeakReference Dropped()
        {
            var network = new ThreadedStack(seed: 1);
            var options = new TrainerOptions { Optimizer = new Sgd(1e-2f), Loss = Loss.MeanSquaredError, BatchSize = 8, Threads = 2 };
            new Trainer<ThreadedStack>(network, options).Update(Batch(8, ThreadedStack.InputSize), Noise(Steps * 8 * ThreadedStack.OutputSize, seed: 5));
            return new WeakReference(network);
        }
    }

    [Fact]
    public void Runs_of_any_length_and_passes_on_threads_allocate_nothing()
    {
        using var network = new ThreadedAhead(seed: 1);
        float[] frames = Noise(500 * ThreadedAhead.InputSize, seed: 1), outputs = new float[500 * ThreadedAhead.OutputSize];
        network.Run(frames.AsSpan(0, 10 * ThreadedAhead.InputSize), outputs.AsSpan(0, 10 * ThreadedAhead.OutputSize));
        using var tape = ThreadedAhead.CreateTape(Steps, 16);
        tape.Threads = 2;
        var batch = Batch(16, ThreadedAhead.InputSize);
        float[] gradients = Noise(Steps * 16 * ThreadedAhead.OutputSize, seed: 2);
        Pass();
        long before = GC.GetAllocatedBytesForCurrentThread();
        network.Run(frames, outputs);
        Pass();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Pass()
        {
            network.Forward(tape, batch);
            network.Backward(tape, gradients);
        }
    }

    [Fact]
    public void A_sequence_of_many_chunks_gives_the_bits_of_its_steps()
    {
        const int Length = 150;
        using var network = new ThreadedAhead(seed: 1);
        using var stepped = new ThreadedAhead(seed: 1);
        float[] frames = Noise(Length * ThreadedAhead.InputSize, seed: 1);
        float[] outputs = new float[Length * ThreadedAhead.OutputSize], expected = new float[outputs.Length];
        network.Run(frames, outputs);
        for (int step = 0; step < Length; step++)
            stepped.Step(
                frames.AsSpan(step * ThreadedAhead.InputSize, ThreadedAhead.InputSize), expected.AsSpan(step * ThreadedAhead.OutputSize, ThreadedAhead.OutputSize));
        Assert.Equal(expected, outputs);
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

// Goes several steps of its own sequence at once.
