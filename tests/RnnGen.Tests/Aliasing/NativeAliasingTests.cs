using System.Runtime.InteropServices;
using RnnGen.Runtime;
using RnnGen.Tests.Native;
using Both = RnnGen.Tests.Aliasing.AliasBothLast.NativeEntryPoints;
using BothWays = RnnGen.Tests.Native.NativeBothWays.NativeEntryPoints;
using Chars = RnnGen.Tests.Native.NativeChars.NativeEntryPoints;
using Last = RnnGen.Tests.Aliasing.AliasLast.NativeEntryPoints;
using Narrow = RnnGen.Tests.Aliasing.AliasNarrow.NativeEntryPoints;

namespace RnnGen.Tests.Aliasing;

/// <summary>What C calls, with outputs in inputs: the right code and nothing written, or the bits of memory apart.</summary>
public sealed unsafe class NativeAliasingTests
{
    private static Aliasing.Outcome Check<TInput>(
        string name,
        int inputs,
        int outputs,
        Func<Random, TInput> draw,
        nint network,
        delegate* unmanaged[Cdecl]<nint, NativeStatus> reset,
        delegate* unmanaged[Cdecl]<nint, nint, nuint, nint, nuint, NativeStatus> call)
        where TInput : unmanaged
    {
        // Addresses of whole floats, as C must hand over: others have a code of their own.
        nint resetAddress = (nint)reset, callAddress = (nint)call;
        return Aliasing.Check(
            name, inputs, outputs, draw, () => ((delegate* unmanaged[Cdecl]<nint, NativeStatus>)resetAddress)(network), () => [],
            (input, output) =>
            {
                fixed (TInput* first = input)
                fixed (float* written = output)
                {
                    NativeStatus status = ((delegate* unmanaged[Cdecl]<nint, nint, nuint, nint, nuint, NativeStatus>)callAddress)(
                        network, (nint)first, (nuint)input.Length, (nint)written, (nuint)output.Length);
                    if (status != NativeStatus.Ok)
                    {
                        Assert.Equal(NativeStatus.Overlap, status);
                        throw new ArgumentException("refused");
                    }
                }
            },
            unaligned: false);
    }

    [Fact]
    public void A_sequence_is_answered_where_the_header_says()
    {
        using var last = new AliasLast(seed: 1);
        using var narrow = new AliasNarrow(seed: 1);
        using var both = new AliasBothLast(seed: 1);
        using var ways = new NativeBothWays(seed: 1);
        using var chars = new NativeChars(seed: 1);
        nint network = NativeCaller.Create(&Last.CreateFromMemory, NativeCaller.Save(last));
        Assert.Equal(0, Check("last", 200 * 64, 10, random => random.NextSingle(), network, &Last.Reset, &Last.Run).Refused);
        Assert.Equal(0, Check("last step", 64, 10, random => random.NextSingle(), network, &Last.Reset, &Last.Step).Refused);

        network = NativeCaller.Create(&Narrow.CreateFromMemory, NativeCaller.Save(narrow));
        Assert.True(
            Check("narrow", 70 * 64, 70 * 5, random => random.NextSingle(), network, &Narrow.Reset, &Narrow.Run) is { Refused: > 0, Overlapped: > 0 });

        network = NativeCaller.Create(&Both.CreateFromMemory, NativeCaller.Save(both));
        Assert.Equal(0, Check("both last", 20 * 3, 5, random => random.NextSingle(), network, &Both.Reset, &Both.Run).Refused);

        network = NativeCaller.Create(&BothWays.CreateFromMemory, NativeCaller.Save(ways));
        Assert.Equal(0, Check("both ways", 20 * 3, 20 * 2, random => random.NextSingle(), network, &BothWays.Reset, &BothWays.Run).Overlapped);

        network = NativeCaller.Create(&Chars.CreateFromMemory, NativeCaller.Save(chars));
        Assert.Equal(0, Check("chars", 20, 20 * 5, random => random.Next(7), network, &Chars.Reset, &Chars.Run).Refused);
    }

    [Fact]
    public void Memory_that_is_no_whole_floats_away_is_refused_and_untouched()
    {
        using var last = new AliasLast(seed: 1);
        nint network = NativeCaller.Create(&Last.CreateFromMemory, NativeCaller.Save(last));
        byte[] memory = GC.AllocateArray<byte>(64 * 64 * sizeof(float), pinned: true);
        new Random(1).NextBytes(memory);
        byte[] before = [.. memory];
        nint address = (nint)MarshalAddress(memory);
        delegate* unmanaged[Cdecl]<nint, nint, nuint, nint, nuint, NativeStatus> run = &Last.Run;
        delegate* unmanaged[Cdecl]<nint, nint, nuint, NativeStatus> getState = &Last.GetState;
        for (int offset = 1; offset < 4; offset++)
        {
            Assert.Equal(NativeStatus.Misaligned, run(network, address, 640, address + offset, 10));
            Assert.Equal(NativeStatus.Misaligned, run(network, address + offset, 640, address, 10));
            Assert.Equal(NativeStatus.Misaligned, getState(network, address + offset, (nuint)AliasLast.StateSize));
        }

        Assert.Equal(before, memory);
    }

    private static void* MarshalAddress(byte[] pinned) => System.Runtime.CompilerServices.Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(pinned));
}
