using System.Runtime.CompilerServices;
using RnnGen.Runtime;
using RnnGen.Training;

namespace RnnGen.Tests.Bounds;

/// <summary>What a kernel must not do, done on purpose: each of these has to end the process.</summary>
internal static class Overrun
{
    /// <summary>A region in the middle of a tape.</summary>
    private const int Region = 2;

    /// <summary>The overruns by name.</summary>
    public static readonly IReadOnlyDictionary<string, Action> All = new Dictionary<string, Action>
    {
        ["a read of the float behind a span"] = () => Read(ref In(GuardedSide.End), 7),
        ["a read of the float before a span"] = () => Read(ref In(GuardedSide.Start), -1),
        ["a write of the float behind a span"] = () => Unsafe.Add(ref In(GuardedSide.End), 7) = 1,
        ["a read of the float behind an array"] = () => Read(ref new GuardedMemory(GuardedSide.End).CopyToArray<float>([1, 2, 3])[0], 3),
        ["a read of the float behind the weights"] = () => OfNetwork(GuardedSide.End, memory => Read(ref memory.Weights, memory.PackedWeights.Length)),
        ["a read of the float before the state"] = () => OfNetwork(GuardedSide.Start, memory => Read(ref memory.State, -1)),
        ["a read of the float behind a tape's third region"] = () => OfTape(GuardedSide.End, tape => Read(ref tape.Region(Region), Floats)),
        ["a read of the float before a tape's third region"] = () => OfTape(GuardedSide.Start, tape => Read(ref tape.Region(Region), -1)),
        ["a write behind a tape's gradients"] = () => OfTape(GuardedSide.End, tape => Unsafe.Add(ref tape.Gradients, GradientsLength<BoundsLstm5>()) = 1),
    };

    /// <summary>The region's length on a tape for one step of one sequence.</summary>
    private static int Floats => RegionLength<BoundsLstm5>();

    private static ref float In(GuardedSide side) => ref new GuardedMemory(side).Take<float>(7)[0];

    private static void OfNetwork(GuardedSide side, Action<NetworkMemory> use)
    {
        ArenaSource.Current = new GuardedMemory(side);
        NetworkMemory memory = Create<BoundsLstm5>().Memory;
        Read(ref memory.Weights, 0); // what is its own may be read
        Read(ref memory.Weights, memory.PackedWeights.Length - 1);
        Read(ref memory.State, 0);
        use(memory);
    }

    private static void OfTape(GuardedSide side, Action<TapeMemory> use)
    {
        ArenaSource.Current = new GuardedMemory(side);
        using Tape<BoundsLstm5> tape = BoundsLstm5.CreateTape(1, 1);
        var batch = SequenceBatch.FromTimeMajor(new float[BoundsLstm5.InputSize], 1, 1, BoundsLstm5.InputSize);
        TapeMemory memory = tape.BeginForward(Create<BoundsLstm5>().Memory, batch);
        Read(ref memory.Region(Region), 0);
        Read(ref memory.Region(Region), Floats - 1);
        use(memory);
    }

    private static INetwork<TNetwork> Create<TNetwork>()
        where TNetwork : class, INetwork<TNetwork> => TNetwork.Create(1);

    /// <summary>The floats of the region for one step of one sequence.</summary>
    private static int RegionLength<TNetwork>()
        where TNetwork : class, INetwork<TNetwork>
    {
        TapeRegion region = TNetwork.TapeLayout!.Regions[Region];
        return region.Stride * (region.Rows is TapeRows.StepsAndInitial or TapeRows.TwoBatches ? 2 : 1);
    }

    private static int GradientsLength<TNetwork>()
        where TNetwork : class, INetwork<TNetwork> => TNetwork.Layout.WeightsLength;

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Read(ref float first, int offset) => Volatile.Read(ref Unsafe.Add(ref first, offset));
}
