using System.Runtime.InteropServices;

namespace RnnGen.Aot.Tests.Levels;

/// <summary>What callers of the library ask it.</summary>
public static class Entries
{
    /// <summary>The kernels that this library runs, as a number.</summary>
    [UnmanagedCallersOnly(EntryPoint = "levels_active")]
    public static int Active() => (int)Simd.Active;

    /// <summary>Runs a network's kernels: 1 if their outputs are numbers.</summary>
    /// <remarks>
    /// Without stackalloc: it has the frame guarded by a number that .NET draws when it starts, and this may be the call that starts it.
    /// </remarks>
    [UnmanagedCallersOnly(EntryPoint = "levels_step")]
    public static int Step()
    {
        using var network = new Recognizer(seed: 1);
        float[] outputs = new float[Recognizer.OutputSize];
        network.Step([1, 2, 3, 4], outputs);
        return float.IsFinite(outputs[0]) && float.IsFinite(outputs[1]) ? 1 : 0;
    }
}

[Network(4)]
[Lstm(16)]
[Dense(2)]
internal sealed partial class Recognizer;
