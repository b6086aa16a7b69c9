using RnnGen.Runtime;
using RnnGen.Tests.Training;

namespace RnnGen.Tests.Native;

/// <summary>Handles: what was destroyed, of another kind or never made is refused, also when many threads make and destroy networks at once.</summary>
public sealed unsafe class NativeHandleTests
{
    private const int In = NativeDigits.InputSize;
    private const int Out = NativeDigits.OutputSize;

    [Fact]
    public void What_was_destroyed_is_refused_also_when_its_place_is_taken_again()
    {
        nint network = NativeCaller.CreateDigits(1);
        Assert.Equal(NativeStatus.Ok, NativeCaller.DestroyDigits(network));
        AssertBad(network);
        var later = Enumerable.Range(0, 40).Select(_ => NativeCaller.CreateDigits(1)).ToList();
        Assert.DoesNotContain(network, later);
        Assert.Equal(later.Count, later.Distinct().Count());
        AssertBad(network);
        foreach (nint each in later)
            Assert.Equal(NativeStatus.Ok, NativeCaller.DestroyDigits(each));
    }

    [Fact]
    public void What_is_of_another_kind_or_was_never_made_is_refused()
    {
        using var filter = new NativeFilter(seed: 1);
        nint digits = NativeCaller.CreateDigits(1), other = NativeCaller.Create(NativeCaller.FilterFromMemory, NativeCaller.Save(filter));
        int here = 0;
        foreach (nint wrong in new[] { other, digits + 1, digits + 4, digits + 8, digits - 1, (nint)(&here), 1, -1, nint.MinValue, nint.MaxValue })
            AssertBad(wrong);
        Assert.Equal(NativeStatus.BadHandle, NativeCaller.DestroyFilter(digits));
        Assert.Equal(NativeStatus.Ok, NativeCaller.DestroyFilter(other));
        Assert.Equal(NativeStatus.Ok, NativeCaller.DestroyDigits(digits));
    }

    [Fact]
    public void A_handle_is_no_address_that_a_program_can_have()
    {
        nint network = NativeCaller.CreateDigits(1);
        Assert.True(network < 0, $"0x{network:x}"); // The kernel's half of the addresses.
        Assert.Equal(0, network % 8);
        NativeCaller.DestroyDigits(network);
    }

    [Fact]
    public void A_network_serves_one_thread_at_a_time_and_says_so()
    {
        using var managed = new NativeDigits(seed: 1);
        nint network = NativeCaller.CreateDigits(1);
        float[] frames = Numbers.Draw(1, 4000 * In), expected = new float[Out];
        managed.Run(frames, expected);
        int fine = 0, busy = 0, stop = 0;
        var threads = Enumerable.Range(0, 3).Select(_ => new Thread(() =>
        {
            float[] output = new float[Out];
            while (Volatile.Read(ref stop) == 0)
            {
                NativeStatus status = NativeCaller.Call(NativeCaller.RunDigits, network, frames, output);
                Assert.True(status is NativeStatus.Ok or NativeStatus.Busy, status.ToString());
                Interlocked.Increment(ref status == NativeStatus.Ok ? ref fine : ref busy);
                if (Volatile.Read(ref busy) > 0 && Volatile.Read(ref fine) > 3)
                    Volatile.Write(ref stop, 1);
            }
        })).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        Assert.True(fine > 0 && busy > 0, $"{fine} and {busy}");

        float[] actual = new float[Out];
        NativeCaller.ResetDigits(network);
        NativeCaller.Call(NativeCaller.RunDigits, network, frames, actual);
        Numbers.AssertSameBits(expected, actual);
        NativeCaller.DestroyDigits(network);
    }

    [Fact]
    public void Threads_with_networks_of_their_own_do_not_disturb_each_other()
    {
        using var managed = new NativeDigits(seed: 1);
        byte[] file = NativeCaller.Save(managed);
        float[] frame = Numbers.Draw(1, In), expected = new float[Out];
        managed.Step(frame, expected);
        Parallel.For(0, 64, _ =>
        {
            nint network = NativeCaller.Create(NativeCaller.DigitsFromMemory, file);
            float[] output = new float[Out];
            Assert.Equal(NativeStatus.Ok, NativeCaller.Call(NativeCaller.StepDigits, network, frame, output));
            Numbers.AssertSameBits(expected, output);
            Assert.Equal(NativeStatus.Ok, NativeCaller.DestroyDigits(network));
            Assert.Equal(NativeStatus.BadHandle, NativeCaller.Call(NativeCaller.StepDigits, network, frame, output));
        });
    }

    [Fact]
    public void Of_threads_that_destroy_one_network_while_it_steps_one_succeeds()
    {
        using var managed = new NativeDigits(seed: 1);
        byte[] file = NativeCaller.Save(managed);
        float[] frame = Numbers.Draw(1, In);
        for (int round = 0; round < 50; round++)
        {
            nint network = NativeCaller.Create(NativeCaller.DigitsFromMemory, file);
            int destroyed = 0;
            Parallel.Invoke(
                Step,
                () => Count(NativeCaller.DestroyDigits(network)),
                () => Count(NativeCaller.DestroyDigits(network)));
            Assert.Equal(1, destroyed);

            void Count(NativeStatus status)
            {
                Assert.True(status is NativeStatus.Ok or NativeStatus.BadHandle, status.ToString());
                if (status == NativeStatus.Ok)
                    Interlocked.Increment(ref destroyed);
            }

            void Step()
            {
                float[] output = new float[Out];
                NativeStatus status;
                while ((status = NativeCaller.Call(NativeCaller.StepDigits, network, frame, output)) == NativeStatus.Ok)
                    Assert.Equal(1, output.Sum(), 1e-5f);
                Assert.Equal(NativeStatus.BadHandle, status);
            }
        }
    }

    private static void AssertBad(nint handle)
    {
        float[] values = new float[NativeDigits.StateSize];
        fixed (float* first = values)
        {
            Assert.Equal(NativeStatus.BadHandle, NativeCaller.GetDigitsState(handle, (nint)first, NativeDigits.StateSize));
            Assert.Equal(NativeStatus.BadHandle, NativeCaller.SetDigitsState(handle, (nint)first, NativeDigits.StateSize));
        }

        Assert.Equal(NativeStatus.BadHandle, NativeCaller.Call(NativeCaller.StepDigits, handle, new float[In], values.AsSpan(0, Out)));
        Assert.Equal(NativeStatus.BadHandle, NativeCaller.Call(NativeCaller.RunDigits, handle, new float[In], values.AsSpan(0, Out)));
        Assert.Equal(NativeStatus.BadHandle, NativeCaller.ResetDigits(handle));
        NativeCaller.AssertRefused(
            NativeStatus.BadHandle, "network: expected a NativeDigits that has not been destroyed, got 0x", NativeCaller.DestroyDigits(handle));
    }
}
