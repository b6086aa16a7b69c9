using System.Runtime.InteropServices;
using RnnGen.Benchmarks.Peers;
using TorchSharp;
using TorchSharp.Modules;

namespace RnnGen.Samples.Embedded;

/// <summary>The sample's network on TorchSharp: one thread, inference mode, Torch's own cell.</summary>
public sealed class DigitRecognizer : IDisposable
{
    public const int OutputSize = 10;

    private const int InputSize = 20;
    private const int Units = 64;

    private readonly LSTMCell _cell;
    private readonly Linear _head;
    private readonly float[] _input = new float[InputSize];
    private readonly torch.Tensor _x;
    private (torch.Tensor H, torch.Tensor C) _state;

    private DigitRecognizer()
    {
        torch.set_num_threads(1);
        _cell = torch.nn.LSTMCell(InputSize, Units);
        _head = torch.nn.Linear(Units, OutputSize);
        using var noGradient = torch.no_grad();
        ReadOnlySpan<float> weights = MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "digits.floats")));
        foreach (var parameter in _cell.parameters().Concat(_head.parameters()))
        {
            using var tensor = torch.tensor(weights[..(int)parameter.numel()].ToArray(), parameter.shape);
            parameter.copy_(tensor);
            weights = weights[(int)parameter.numel()..];
        }

        _x = torch.frombuffer(_input, torch.ScalarType.Float32).reshape(1, InputSize);
        _state = (torch.zeros(1, Units), torch.zeros(1, Units));
    }

    public static DigitRecognizer CreateDefault()
    {
        TorchLibrary.Prepare();
        return new DigitRecognizer();
    }

    public void Reset()
    {
        _state.H.zero_();
        _state.C.zero_();
    }

    public void Step(ReadOnlySpan<float> input, Span<float> output)
    {
        using var inference = torch.inference_mode();
        input.CopyTo(_input);
        var next = _cell.call(_x, _state);
        _state.H.Dispose();
        _state.C.Dispose();
        _state = next;
        using var logits = _head.call(next.Item1);
        using var scores = torch.nn.functional.softmax(logits, 1);
        scores.data<float>().CopyTo(output);
    }

    public void Dispose()
    {
        _cell.Dispose();
        _head.Dispose();
        _x.Dispose();
        _state.H.Dispose();
        _state.C.Dispose();
    }
}
