using System.Runtime.InteropServices;
using System.Text;
using RnnGen.Runtime;
using RnnGen.Tests.Training;

namespace RnnGen.Tests.Native;

/// <summary>What C may get wrong: each mistake has its code and a text, and changes nothing.</summary>
public sealed unsafe class NativeRefusalTests
{
    private const int In = NativeDigits.InputSize;
    private const int Out = NativeDigits.OutputSize;

    [Fact]
    public void Lengths()
    {
        nint network = NativeCaller.CreateDigits(1);
        float[] input = new float[3 * In], output = new float[3 * Out], state = new float[NativeDigits.StateSize];
        Refuse("input: expected 20 values (input_size), got 19", Step(In - 1, Out));
        Refuse("output: expected 10 values (output_size), got 11", Step(In, Out + 1));
        Refuse("input: expected a positive multiple of 20", Run(In + 1, Out));
        Refuse("input: expected a positive multiple of 20", Run(0, Out));
        Refuse("output: expected 10 values (output_size), got 30", Run(3 * In, 3 * Out));
        fixed (float* values = state)
        {
            Refuse("state: expected 128 values (state_size), got 127", NativeCaller.GetDigitsState(network, (nint)values, NativeDigits.StateSize - 1));
            Refuse("state: expected 128 values (state_size), got 129", NativeCaller.SetDigitsState(network, (nint)values, NativeDigits.StateSize + 1));
            Refuse("input: expected a positive multiple", NativeCaller.RunDigits(network, (nint)values, nuint.MaxValue - 15, (nint)values, Out));
            Refuse("input: expected 20 values", NativeCaller.StepDigits(network, (nint)values, nuint.MaxValue, (nint)values, Out));
        }

        NativeStatus Step(int inputs, int outputs) => NativeCaller.Call(NativeCaller.StepDigits, network, input.AsSpan(0, inputs), output.AsSpan(0, outputs));

        NativeStatus Run(int inputs, int outputs) => NativeCaller.Call(NativeCaller.RunDigits, network, input.AsSpan(0, inputs), output.AsSpan(0, outputs));

        static void Refuse(string text, NativeStatus status) => NativeCaller.AssertRefused(NativeStatus.WrongLength, text, status);
    }

    [Fact]
    public void A_sequence_of_answers_has_a_length_of_its_own()
    {
        using var managed = new NativeFilter(seed: 1);
        nint network = NativeCaller.Create(NativeCaller.FilterFromMemory, NativeCaller.Save(managed));
        NativeStatus status = NativeCaller.Call(NativeCaller.RunFilter, network, new float[6], new float[3]);
        NativeCaller.AssertRefused(NativeStatus.WrongLength, "output: expected 6 values (T × output_size), got 3", status);
        NativeCaller.DestroyFilter(network);
    }

    [Fact]
    public void Addresses()
    {
        nint network = NativeCaller.CreateDigits(1);
        float* values = stackalloc float[NativeDigits.StateSize + 1];
        nint fine = (nint)values, odd = fine + 1, other = 0;
        Refuse(NativeStatus.NullArgument, "network: ", NativeCaller.StepDigits(0, fine, In, fine, Out));
        Refuse(NativeStatus.NullArgument, "input: ", NativeCaller.StepDigits(network, 0, In, fine, Out));
        Refuse(NativeStatus.NullArgument, "output: ", NativeCaller.StepDigits(network, fine, In, 0, Out));
        Refuse(NativeStatus.Misaligned, "input: ", NativeCaller.StepDigits(network, odd, In, fine, Out));
        Refuse(NativeStatus.Misaligned, "output: ", NativeCaller.StepDigits(network, fine, In, odd, Out));
        Refuse(NativeStatus.NullArgument, "input: ", NativeCaller.RunDigits(network, 0, In, fine, Out));
        Refuse(NativeStatus.Misaligned, "output: ", NativeCaller.RunDigits(network, fine, In, fine + 2, Out));
        Refuse(NativeStatus.NullArgument, "state: ", NativeCaller.GetDigitsState(network, 0, NativeDigits.StateSize));
        Refuse(NativeStatus.Misaligned, "state: ", NativeCaller.SetDigitsState(network, odd, NativeDigits.StateSize));
        Refuse(NativeStatus.NullArgument, "network: ", NativeCaller.ResetDigits(0));
        Refuse(NativeStatus.NullArgument, "network: ", NativeCaller.DigitsFromMemory(fine, 8, 0));
        Refuse(NativeStatus.Misaligned, "network: ", NativeCaller.DigitsFromMemory(fine, 8, (nint)(&other) + 4));
        Refuse(NativeStatus.NullArgument, "safetensors: ", NativeCaller.DigitsFromMemory(0, 8, (nint)(&other)));
        Refuse(NativeStatus.NullArgument, "path: ", NativeCaller.DigitsFromFile(0, (nint)(&other)));

        // The text of what went wrong survives that nothing is destroyed.
        Assert.Equal(NativeStatus.NullArgument, NativeCaller.DestroyDigits(0));
        Assert.StartsWith("path: expected a pointer, got NULL", NativeCaller.Text());
        NativeCaller.DestroyDigits(network);

        static void Refuse(NativeStatus expected, string text, NativeStatus status) => NativeCaller.AssertRefused(expected, text, status);
    }

    [Fact]
    public void Weights()
    {
        using var filter = new NativeFilter(seed: 1);
        foreach (byte[] file in new[] { new byte[1], new byte[100], NativeCaller.Save(filter) })
        {
            nint network = -1;
            fixed (byte* bytes = file)
                Assert.Equal(NativeStatus.BadWeights, NativeCaller.DigitsFromMemory((nint)bytes, (nuint)file.Length, (nint)(&network)));
            Assert.Equal(0, network);
        }

        Assert.Contains("lstm0.weight_ih", NativeCaller.Text());
    }

    [Fact]
    public void Files()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("rnngen-weights-");
        try
        {
            string path = Path.Combine(folder.FullName, "zähler.safetensors");
            Refuse(NativeStatus.InputOutput, "path: expected the path of a file, got an empty one", "");
            Refuse(NativeStatus.InputOutput, $"path: {path}: expected a file, got none", path);
            Refuse(NativeStatus.InputOutput, $"path: {folder.FullName}: expected a file, got a folder", folder.FullName);
            File.WriteAllText(path, "not weights");
            Refuse(NativeStatus.BadWeights, path + ": ", path);
            using (var managed = new NativeDigits(seed: 1))
                managed.Save(path);
            (NativeStatus status, nint network) = Open(path);
            Assert.Equal(NativeStatus.Ok, status);
            Assert.Equal(NativeStatus.Ok, NativeCaller.DestroyDigits(network));
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        static void Refuse(NativeStatus expected, string text, string path)
        {
            (NativeStatus status, nint network) = Open(path);
            NativeCaller.AssertRefused(expected, text, status);
            Assert.Equal(0, network);
        }
    }

    [Fact]
    public void A_refusal_changes_nothing()
    {
        using var managed = new NativeDigits(seed: 1);
        nint network = NativeCaller.CreateDigits(1);
        float[] frame = Numbers.Draw(1, In), expected = new float[Out], actual = new float[Out];
        NativeCaller.Call(NativeCaller.StepDigits, network, frame, actual);
        NativeCaller.Call(NativeCaller.StepDigits, network, frame.AsSpan(1), actual);
        NativeCaller.Call(NativeCaller.StepDigits, network, frame, actual.AsSpan(1));
        managed.Step(frame, expected);
        Numbers.AssertSameBits(expected, actual);
        managed.Step(frame, expected);
        NativeCaller.Call(NativeCaller.StepDigits, network, frame, actual);
        Numbers.AssertSameBits(expected, actual);
        NativeCaller.DestroyDigits(network);
    }

    [Fact]
    public void A_text_is_cut_between_characters_and_a_thread_s_own()
    {
        nint network = NativeCaller.CreateDigits(1);
        NativeCaller.Call(NativeCaller.StepDigits, network, [], []);
        string before = NativeCaller.Text();
        Open("ä"); // Two bytes, wherever the text has it.
        byte[] whole = Encoding.UTF8.GetBytes(NativeCaller.Text());
        int umlaut = whole.AsSpan().IndexOf((byte)0xC3);
        byte[] buffer = new byte[whole.Length];
        foreach ((int capacity, int length) in new[] { (1, 0), (umlaut + 1, umlaut), (umlaut + 2, umlaut), (umlaut + 3, umlaut + 2) })
        {
            buffer.AsSpan().Fill(0xFF);
            fixed (byte* first = buffer)
                Assert.Equal((nuint)whole.Length + 1, NativeCaller.LastError((nint)first, (nuint)capacity));
            Assert.Equal([.. whole[..length], 0], buffer[..(length + 1)]);
            Assert.All(buffer[(length + 1)..], unit => Assert.Equal(0xFF, unit));
        }

        string? ofOther = null;
        var other = new Thread(() => ofOther = NativeCaller.Text());
        other.Start();
        other.Join();
        Assert.Equal("", ofOther);
        Assert.NotEqual(before, NativeCaller.Text());
        NativeCaller.DestroyDigits(network);
    }

    [Fact]
    public void An_exception_becomes_a_code()
    {
        nint network = -1;
        NativeCaller.AssertRefused(
            NativeStatus.OutOfMemory, "no more", NativeNetwork<NativeDigits>.CreateDefault(() => throw new OutOfMemoryException("no more"), (nint)(&network)));
        Assert.Equal(0, network);
        NativeCaller.AssertRefused(
            NativeStatus.Internal, "InvalidOperationException: odd",
            NativeNetwork<NativeDigits>.CreateDefault(() => throw new InvalidOperationException("odd"), (nint)(&network)));
        Assert.Equal(NativeStatus.Ok, NativeNetwork<NativeDigits>.CreateDefault(() => new NativeDigits(seed: 1), (nint)(&network)));
        Assert.Equal(NativeStatus.Ok, NativeCaller.DestroyDigits(network));
    }

    private static (NativeStatus Status, nint Network) Open(string path)
    {
        nint network = -1, text = Marshal.StringToCoTaskMemUTF8(path);
        NativeStatus status = NativeCaller.DigitsFromFile(text, (nint)(&network));
        Marshal.FreeCoTaskMem(text);
        return (status, network);
    }
}
