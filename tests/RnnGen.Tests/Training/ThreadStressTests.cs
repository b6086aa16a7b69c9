using System.Diagnostics;
using RnnGen.Training;

namespace RnnGen.Tests.Training;

/// <summary>
/// Networks and tapes with threads are disposed of, and their callers interrupted, at moments drawn at random: each call ends, no answer is wrong, no
/// interrupt is lost. <see cref="Memory.Workers.WorkerTeamModelTests"/> goes through all moments, on a model.
/// </summary>
public sealed class ThreadStressTests
{
    private const int Sequences = 16;
    private const int Steps = 300;
    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(1.5);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    public static TheoryData<string> Kinds => new() { "run", "runs on one thread", "pass", "update", "trainer" };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Disposing_at_any_moment_ends_what_runs(string kind)
    {
        float[] expected = Reference(kind);
        var random = new Random(1);
        for (var clock = Stopwatch.StartNew(); clock.Elapsed < Budget;)
        {
            (Func<float[]> work, IDisposable subject) = Create(kind);
            Exception? failure = null;
            var runner = new Thread(() => failure = Record.Exception(() => WorkForEver(work, expected)));
            runner.Start();
            Thread.SpinWait(random.Next(200_000));
            subject.Dispose();
            GC.Collect(0);
            Assert.True(runner.Join(Patience), "A call did not end after the dispose");
            Assert.IsType<ObjectDisposedException>(failure);
        }

        static void WorkForEver(Func<float[]> work, float[] expected)
        {
            while (true)
                Assert.Equal(expected, work());
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Interrupts_at_any_moment_change_nothing_and_are_not_lost(string kind)
    {
        float[] expected = Reference(kind);
        (Func<float[]> work, IDisposable subject) = Create(kind);
        using IDisposable owned = subject;
        var random = new Random(1);
        int delivered = 0;
        bool ends = false;
        Exception? failure = null;
        var runner = new Thread(() => failure = Record.Exception(Work));
        runner.Start();
        int sent = 0;
        for (var clock = Stopwatch.StartNew(); clock.Elapsed < Budget && runner.IsAlive; sent++)
        {
            Thread.SpinWait(random.Next(100_000));
            runner.Interrupt();
            SpinWait.SpinUntil(() => Volatile.Read(ref delivered) > sent || !runner.IsAlive, Patience);
        }

        Volatile.Write(ref ends, true);
        Assert.True(runner.Join(Patience), "A call did not end after an interrupt");
        Assert.Null(failure);
        Assert.Equal(sent, delivered);

        void Work()
        {
            while (!Volatile.Read(ref ends))
            {
                Assert.Equal(expected, work());
                try
                {
                    Thread.Sleep(0);
                }
                catch (ThreadInterruptedException)
                {
                    Volatile.Write(ref delivered, delivered + 1);
                }
            }
        }
    }

    [Fact]
    public void Streams_on_many_threads_step_as_ever_until_they_see_the_end()
    {
        float[] frame = Noise(ThreadedStack.InputSize, seed: 3);
        for (int round = 0; round < 20; round++)
        {
            var network = new ThreadedStack(seed: 1);
            float[] expected = FirstStep(network);
            var failures = new Exception?[3];
            using var running = new CountdownEvent(failures.Length);
            Thread[] threads = [.. failures.Select((_, index) => new Thread(() => failures[index] = Run(network, expected, running)))];
            foreach (Thread thread in threads)
                thread.Start();
            running.Wait();
            network.Dispose();
            Assert.All(threads, thread => Assert.True(thread.Join(Patience), "A stream did not end"));
            Assert.All(failures, failure => Assert.IsType<ObjectDisposedException>(failure));
        }

        Exception? Run(ThreadedStack network, float[] expected, CountdownEvent running) =>
            Record.Exception(() => StepForEver(network, expected, running));

        void StepForEver(ThreadedStack network, float[] expected, CountdownEvent running)
        {
            for (bool first = true; ; first = false)
            {
                Assert.Equal(expected, FirstStep(network));
                if (first)
                    running.Signal();
            }
        }

        float[] FirstStep(ThreadedStack network)
        {
            var state = default(ThreadedStack.State);
            float[] output = new float[ThreadedStack.OutputSize];
            network.Step(ref state, frame, output);
            return output;
        }
    }

    private static float[] Reference(string kind)
    {
        (Func<float[]> work, IDisposable subject) = Create(kind);
        using (subject)
            return work();
    }

    /// <summary>Work that gives the same bits each time, and what is to be disposed of to end it.</summary>
    private static (Func<float[]> Work, IDisposable Subject) Create(string kind)
    {
        var network = new ThreadedBothWays(seed: 1);
        SequenceBatch batch = SequenceBatch.FromTimeMajor(Inputs, Steps, Sequences, ThreadedBothWays.InputSize, Lengths);
        switch (kind)
        {
            case "run":
            case "runs on one thread":
                network.Threads = kind == "run" ? 4 : 1;
                return (() => Run(network, batch), network);
            case "pass":
                Tape<ThreadedBothWays> tape = ThreadedBothWays.CreateTape(Steps, Sequences);
                tape.Threads = 4;
                return (() => Pass(network, tape, batch), tape);
            default:
                var options = new TrainerOptions { Optimizer = new Sgd(1e-2f), Loss = Loss.MeanSquaredError, BatchSize = Sequences, Threads = 4 };
                var trainer = new Trainer<ThreadedBothWays>(network, options);
                float[] weights = [.. ((INetwork<ThreadedBothWays>)network).Memory.PackedWeights];
                return (() => Update(network, trainer, batch, weights), kind == "trainer" ? trainer : network);
        }
    }

    private static float[] Run(ThreadedBothWays network, SequenceBatch batch)
    {
        float[] outputs = new float[Steps * Sequences * ThreadedBothWays.OutputSize];
        network.Run(batch, outputs);
        return outputs;
    }

    private static float[] Pass(ThreadedBothWays network, Tape<ThreadedBothWays> tape, SequenceBatch batch)
    {
        network.Forward(tape, batch);
        tape.ClearGradients();
        network.Backward(tape, Targets);
        return [.. tape.PackedGradients];
    }

    private static float[] Update(ThreadedBothWays network, Trainer<ThreadedBothWays> trainer, SequenceBatch batch, float[] weights)
    {
        Runtime.NetworkMemory memory = ((INetwork<ThreadedBothWays>)network).Memory;
        weights.CopyTo(memory.PackedWeights);
        trainer.Update(batch, Targets);
        return [.. memory.PackedWeights];
    }

    private static float[] Inputs { get; } = Noise(Steps * Sequences * ThreadedBothWays.InputSize, seed: 1);

    private static float[] Targets { get; } = Noise(Steps * Sequences * ThreadedBothWays.OutputSize, seed: 2);

    private static int[] Lengths { get; } = [.. Enumerable.Range(0, Sequences).Select(sequence => Steps - sequence)];

    private static float[] Noise(int length, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, length).Select(_ => random.NextSingle() - 0.5f)];
    }
}
