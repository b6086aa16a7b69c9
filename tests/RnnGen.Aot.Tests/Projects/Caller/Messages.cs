using System;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using RnnGen.Training;
using RnnGen;
using RnnGen.Runtime;

/// <summary>Texts of RnnGen that hold negative numbers and fractions: in .NET the characters of both are a culture's.</summary>
public static unsafe class Messages
{
    /// <summary>Writes one of them as a function that C calls does.</summary>
    /// <param name="number">Which: 0 to 2; 3 is one that needs a culture.</param>
    /// <param name="text">Receives it as UTF-8, with a zero byte behind it.</param>
    /// <param name="capacity">Bytes that there is room for.</param>
    [UnmanagedCallersOnly(EntryPoint = "messages")]
    public static int Write(int number, byte* text, int capacity) => WriteManaged(number, text, capacity);

    // Apart: a first call that has buffers on its stack compares them with a cookie that starting the runtime only then sets, and ends the process.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int WriteManaged(int number, byte* text, int capacity)
    {
        if (number == 0)
        {
            nint network;
            NativeNetwork<Classes>.CreateDefault(() => new Classes(seed: 1), (nint)(&network));
            float* output = stackalloc float[Classes.OutputSize];
            int status = (int)NativeNetwork<Classes>.StepClass(network, -7, (nint)output, Classes.OutputSize);
            NativeErrors.Copy((nint)text, (nuint)capacity);
            NativeNetwork<Classes>.Destroy(network);
            return status;
        }

        string message = number switch
        {
            1 => new OutputDifference(-3, -0.5, 1e-5, 0.25, 1.5, 0.125).ToString(),
            2 => new Sgd(0.5f).ToString(),
            _ => (-7).ToString(CultureInfo.CurrentCulture),
        };
        text[Encoding.UTF8.GetBytes(message, new Span<byte>(text, capacity - 1))] = 0;
        return 0;
    }
}

[Network(OneHot = 5)]
[Embedding(3)]
[Dense(2)]
public sealed partial class Classes;
