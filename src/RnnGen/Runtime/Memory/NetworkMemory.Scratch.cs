using System.Diagnostics.CodeAnalysis;

namespace RnnGen.Runtime;

/// <content>
/// The scratch of runs, one for each thread: <see cref="NetworkLayout.ScratchLength"/> floats and, where later passes over a sequence read what earlier ones
/// computed, <see cref="NetworkLayout.SequenceScratchLength"/> for each time step of the sequences that are run at once.
/// </content>
public sealed unsafe partial class NetworkMemory
{
    private Arena?[] _scratches = new Arena?[1];

    /// <summary>The most floats of a thread's scratch; tests lower it.</summary>
    internal long ScratchLimit { get; set; } = Arena.MaxLength;

    /// <summary>The most time steps of a sequence: as many as one sequence has scratch for.</summary>
    internal int MaxSteps => MaxStepsOf(Layout, ScratchLimit);

    /// <summary>The floats of scratch that the network holds.</summary>
    internal long HeldScratch => _ownScratch + _scratches.Sum(scratch => scratch?.Length ?? 0);

    /// <summary>The most time steps of a sequence that a network can run.</summary>
    internal static int MaxStepsOf(NetworkLayout layout) => MaxStepsOf(layout, Arena.MaxLength);

    // Classes become floats in an array of their own.
    private static int MaxStepsOf(NetworkLayout layout, long limit) => layout.SequenceScratchLength > 0
        ? (int)((limit - layout.ScratchLength) / layout.SequenceScratchLength)
        : layout.OneHot ? Array.MaxLength : int.MaxValue;

    /// <summary>How many sequences are run at once: all (generated loops cut them into rows), or fewer where one array has no room for so many rows.</summary>
    private int GroupOf(int steps, int sequences)
    {
        if (Layout.SequenceScratchLength == 0)
            return sequences;
        int fits = MaxSteps / Math.Max(1, steps);
        return fits >= Math.Min(sequences, Layout.RowsAtOnce) ? sequences : fits > Shares.Unit ? fits / Shares.Unit * Shares.Unit : fits;
    }

    /// <summary>A thread's scratch for some sequences. It grows to the most that was needed at once.</summary>
    private ref float TakeScratch(int steps, int sequences, int thread)
    {
        int rows = Math.Min(GroupOf(steps, sequences), Layout.RowsAtOnce);
        long length = Layout.ScratchLength + ((long)steps * rows * Layout.SequenceScratchLength);
        if (!HasOwnScratch(thread) && (_scratches[thread]?.Length ?? -1) < length)
        {
            _scratches[thread] = null; // Both need not fit into memory side by side.
            _scratches[thread] = new Arena(length);
        }

        return ref ScratchOf(thread);
    }

    [DoesNotReturn]
    private void ThrowSteps(int steps, string argument)
    {
        string limit = $"{Layout.Network} keeps {Layout.SequenceScratchLength} floats of each in an array of at most {ScratchLimit}";
        throw new ArgumentException($"{argument}: expected at most {MaxSteps} time steps ({limit}), got {steps}", argument);
    }

    private ref float ScratchOf(int thread) => ref HasOwnScratch(thread) ? ref *_scratchPointer : ref *_scratches[thread]!.Pointer;

    /// <summary>The first thread's scratch lies beside the weights where its length is always the same.</summary>
    private bool HasOwnScratch(int thread) => thread == 0 && Layout.SequenceScratchLength == 0;
}
