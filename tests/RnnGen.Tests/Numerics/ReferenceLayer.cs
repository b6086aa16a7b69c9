namespace RnnGen.Tests.Numerics;

/// <summary>
/// A layer in double precision, as plainly as its equations can be written, for one sequence at a time: what the generated kernels are compared with.
/// At a masked step the states are carried, the output is 0 and nothing flows back.
/// </summary>
internal abstract class ReferenceLayer(int inputSize, int size, int stateSize)
{
    public int InputSize { get; } = inputSize;

    public int Size { get; } = size;

    public int StateSize { get; } = stateSize;

    /// <summary>The parameters by their name within the layer, row-major.</summary>
    public Dictionary<string, double[]> Parameters { get; } = [];

    /// <summary>Their gradients, summed up over backward passes.</summary>
    public Dictionary<string, double[]> Gradients { get; } = [];

    /// <summary>The outputs of a sequence. Remembers what <see cref="Backward"/> needs.</summary>
    public abstract double[][] Forward(double[][] inputs, bool[] mask, Span<double> state);

    /// <summary>The gradients of the inputs; <paramref name="stateGradient"/> goes from the final to the initial state.</summary>
    public abstract double[][] Backward(double[][] outputGradients, Span<double> stateGradient);

    /// <summary>The mask of the outputs.</summary>
    public virtual bool[] MaskAfter(bool[] mask) => mask;

    protected void Declare(string name, int count)
    {
        Parameters.Add(name, new double[count]);
        Gradients.Add(name, new double[count]);
    }

    protected static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));

    /// <summary><c>W x + b</c>.</summary>
    protected double[] Affine(string weights, string bias, ReadOnlySpan<double> x)
    {
        double[] w = Parameters[weights];
        double[] result = [.. Parameters[bias]];
        for (int row = 0; row < result.Length; row++)
        {
            for (int column = 0; column < x.Length; column++)
                result[row] += w[row * x.Length + column] * x[column];
        }

        return result;
    }

    /// <summary>The way back through <see cref="Affine"/>: adds to the gradients of W, b and x.</summary>
    protected void AffineBack(string weights, string bias, ReadOnlySpan<double> x, ReadOnlySpan<double> gradient, Span<double> inputGradient)
    {
        double[] w = Parameters[weights];
        for (int row = 0; row < gradient.Length; row++)
        {
            Gradients[bias][row] += gradient[row];
            Span<double> rowGradient = Gradients[weights].AsSpan(row * x.Length, x.Length);
            for (int column = 0; column < x.Length; column++)
            {
                rowGradient[column] += gradient[row] * x[column];
                inputGradient[column] += gradient[row] * w[row * x.Length + column];
            }
        }
    }
}

/// <summary>Keeps the last unmasked step.</summary>
internal sealed class ReferenceLastStep(int size) : ReferenceLayer(size, size, 0)
{
    private int _steps;
    private int _last;

    public override double[][] Forward(double[][] inputs, bool[] mask, Span<double> state)
    {
        _steps = inputs.Length;
        _last = Array.LastIndexOf(mask, true);
        return [inputs[_last]];
    }

    public override double[][] Backward(double[][] outputGradients, Span<double> stateGradient) =>
        [.. Enumerable.Range(0, _steps).Select(step => step == _last ? outputGradients[0] : new double[Size])];

    public override bool[] MaskAfter(bool[] mask) => [true];
}

/// <summary><c>y = φ(W x + b)</c>.</summary>
internal sealed class ReferenceDense : ReferenceLayer
{
    private readonly Activation _activation;
    private double[][] _inputs = [];
    private double[][] _outputs = [];
    private bool[] _mask = [];

    public ReferenceDense(int inputSize, int size, Activation activation)
        : base(inputSize, size, 0)
    {
        _activation = activation;
        Declare("weight", size * inputSize);
        Declare("bias", size);
    }

    /// <summary>The pre-activations of the latest pass.</summary>
    public double[][] Sums { get; private set; } = [];

    public override double[][] Forward(double[][] inputs, bool[] mask, Span<double> state)
    {
        (_inputs, _mask) = (inputs, mask);
        Sums = [.. inputs.Select((input, step) => mask[step] ? Affine("weight", "bias", input) : new double[Size])];
        _outputs = [.. Sums.Select((sums, step) => mask[step] ? Activate(sums) : new double[Size])];
        return _outputs;
    }

    public override double[][] Backward(double[][] outputGradients, Span<double> stateGradient)
    {
        double[][] inputGradients = [.. _inputs.Select(_ => new double[InputSize])];
        for (int step = 0; step < _inputs.Length; step++)
        {
            if (_mask[step])
                AffineBack("weight", "bias", _inputs[step], Derive(Sums[step], _outputs[step], outputGradients[step]), inputGradients[step]);
        }

        return inputGradients;
    }

    private double[] Activate(double[] sums)
    {
        double sum = _activation == Activation.Softmax ? sums.Sum(Math.Exp) : 0;
        return [.. sums.Select(x => _activation switch
        {
            Activation.Linear => x,
            Activation.Relu => Math.Max(0, x),
            Activation.Tanh => Math.Tanh(x),
            Activation.Sigmoid => Sigmoid(x),
            Activation.Softmax => Math.Exp(x) / sum,
            _ => throw new InvalidOperationException($"no reference for {_activation}"),
        })];
    }

    private double[] Derive(double[] sums, double[] outputs, double[] gradients)
    {
        double mean = _activation == Activation.Softmax ? outputs.Zip(gradients, (output, gradient) => output * gradient).Sum() : 0;
        return [.. outputs.Select((y, i) => _activation switch
        {
            Activation.Linear => gradients[i],
            Activation.Relu => sums[i] > 0 ? gradients[i] : 0,
            Activation.Tanh => gradients[i] * (1 - y * y),
            Activation.Sigmoid => gradients[i] * y * (1 - y),
            Activation.Softmax => y * (gradients[i] - mean),
            _ => throw new InvalidOperationException($"no reference for {_activation}"),
        })];
    }
}
