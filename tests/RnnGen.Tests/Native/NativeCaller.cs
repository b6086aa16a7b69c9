using System.Text;
using RnnGen.Runtime;
using Digits = RnnGen.Tests.Native.NativeDigits.NativeEntryPoints;
using Filter = RnnGen.Tests.Native.NativeFilter.NativeEntryPoints;

namespace RnnGen.Tests.Native;

/// <summary>Calls entry points as C does: by their addresses, across the border.</summary>
internal static unsafe class NativeCaller
{
    public static readonly delegate* unmanaged[Cdecl]<nint, nuint, nint, NativeStatus> DigitsFromMemory = &Digits.CreateFromMemory;
    public static readonly delegate* unmanaged[Cdecl]<nint, nint, NativeStatus> DigitsFromFile = &Digits.CreateFromFile;
    public static readonly delegate* unmanaged[Cdecl]<nint, NativeStatus> DestroyDigits = &Digits.Destroy;
    public static readonly delegate* unmanaged[Cdecl]<nint, nint, nuint, nint, nuint, NativeStatus> StepDigits = &Digits.Step;
    public static readonly delegate* unmanaged[Cdecl]<nint, nint, nuint, nint, nuint, NativeStatus> RunDigits = &Digits.Run;
    public static readonly delegate* unmanaged[Cdecl]<nint, NativeStatus> ResetDigits = &Digits.Reset;
    public static readonly delegate* unmanaged[Cdecl]<nint, nint, nuint, NativeStatus> GetDigitsState = &Digits.GetState;
    public static readonly delegate* unmanaged[Cdecl]<nint, nint, nuint, NativeStatus> SetDigitsState = &Digits.SetState;
    public static readonly delegate* unmanaged[Cdecl]<nuint> DigitsInputSize = &Digits.InputSize;
    public static readonly delegate* unmanaged[Cdecl]<nuint> DigitsOutputSize = &Digits.OutputSize;
    public static readonly delegate* unmanaged[Cdecl]<nuint> DigitsStateSize = &Digits.StateSize;
    public static readonly delegate* unmanaged[Cdecl]<nint, nuint, nuint> LastError = &Digits.LastError;

    public static readonly delegate* unmanaged[Cdecl]<nint, nuint, nint, NativeStatus> FilterFromMemory = &Filter.CreateFromMemory;
    public static readonly delegate* unmanaged[Cdecl]<nint, NativeStatus> DestroyFilter = &Filter.Destroy;
    public static readonly delegate* unmanaged[Cdecl]<nint, nint, nuint, nint, nuint, NativeStatus> RunFilter = &Filter.Run;

    /// <summary>A network's weights as a file.</summary>
    public static byte[] Save<TNetwork>(TNetwork network)
        where TNetwork : class, INetwork<TNetwork>
    {
        using var file = new MemoryStream();
        network.Memory.Save(file);
        return file.ToArray();
    }

    /// <summary>A handle of a network with the weights of another.</summary>
    public static nint Create(delegate* unmanaged[Cdecl]<nint, nuint, nint, NativeStatus> create, byte[] file)
    {
        nint network = -1;
        fixed (byte* bytes = file)
            Assert.Equal(NativeStatus.Ok, create((nint)bytes, (nuint)file.Length, (nint)(&network)));
        Assert.NotEqual(0, network);
        return network;
    }

    /// <summary>A handle of digits with the weights of a seed.</summary>
    public static nint CreateDigits(long seed)
    {
        using var network = new NativeDigits(seed);
        return Create(DigitsFromMemory, Save(network));
    }

    /// <summary>Calls a function that takes input and output.</summary>
    public static NativeStatus Call(
        delegate* unmanaged[Cdecl]<nint, nint, nuint, nint, nuint, NativeStatus> function, nint network, ReadOnlySpan<float> input, Span<float> output)
    {
        fixed (float* inputs = input, outputs = output)
            return function(network, (nint)inputs, (nuint)input.Length, (nint)outputs, (nuint)output.Length);
    }

    /// <summary>The text of this thread's last failure.</summary>
    public static string Text()
    {
        byte[] text = new byte[LastError(0, 0)];
        fixed (byte* first = text)
            Assert.Equal((nuint)text.Length, LastError((nint)first, (nuint)text.Length));
        Assert.Equal(0, text[^1]);
        return Encoding.UTF8.GetString(text, 0, text.Length - 1);
    }

    /// <summary>Checks a code and how the text begins.</summary>
    public static void AssertRefused(NativeStatus expected, string text, NativeStatus actual)
    {
        Assert.Equal(expected, actual);
        Assert.StartsWith(text, Text());
    }
}
