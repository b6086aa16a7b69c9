using RnnGen.Runtime;

namespace RnnGen;

/// <summary>
/// A recurrent layer whose equations are the user's own. A class derived from it is an attribute like <see cref="LstmAttribute"/>: the generator reads
/// <see cref="Define"/> at compile time, makes kernels of it and derives its back-propagation through time. The same method is ordinary C#, which
/// <see cref="CellReference"/> runs in double precision.
/// </summary>
/// <remarks>
/// <para>
/// <see cref="Define"/> may use the methods below and those of <see cref="Equations"/>; operators on vectors; numbers; the attribute's own options and
/// constructor parameters; <c>if</c>, <c>?:</c>, <c>switch</c> and loops that are constant once the options are known; arrays; private and static methods of
/// the class. Everything else is reported as a diagnostic.
/// </para>
/// <para>
/// Direction, merge, biases, learned state, <see cref="RecurrentLayerAttribute.Clip"/>, layer normalisation and recurrent dropout work without being mentioned.
/// Clip and layer normalisation act on a gate's pre-activation where it is used: what is added to a <see cref="Gate(string, Vector, Vector)"/> (a peephole) still belongs to it.
/// </para>
/// </remarks>
/// <param name="units">The default size of the cell's vectors: at least 1.</param>
public abstract class CellAttribute(int units) : RecurrentLayerAttribute
{
    private CellExecution? _execution;

    /// <summary>The default size of the cell's vectors.</summary>
    public int Units { get; } = units;

    /// <summary>Defines the equations of one time step.</summary>
    /// <param name="x">The layer's input at this step, [features].</param>
    protected abstract void Define(Vector x);

    /// <summary>Sets the initial values of a parameter. Called once for each parameter when a network is constructed; does nothing unless overridden.</summary>
    /// <param name="parameter">Its name without the layer's: <c>weight_ih</c>.</param>
    /// <param name="values">Its values in canonical layout: row by row, gate by gate. They hold the default initial values.</param>
    protected virtual void Initialize(string parameter, Span<float> values)
    {
    }

    /// <summary>Declares a state and returns it as the last step left it; zero at first, or learned (<see cref="RecurrentLayerAttribute.LearnedState"/>).</summary>
    /// <param name="name">Its name. The first state of a cell is its output, unless <see cref="Output"/> says otherwise.</param>
    /// <param name="size">Its size; <see cref="Units"/> by default.</param>
    protected Vector State(string name, int? size = null) => Execution.State(name, size ?? Units);

    /// <summary>Sets a state for the next step, once per step.</summary>
    /// <param name="state">What <see cref="State"/> returned.</param>
    /// <param name="value">Its next value, of its size.</param>
    /// <returns>The value.</returns>
    protected Vector Next(Vector state, Vector value) => Execution.Next(state, value);

    /// <summary>Sets the output of the layer; by default, it is the first state's next value.</summary>
    /// <param name="value">Any vector of the cell.</param>
    protected void Output(Vector value) => Execution.Output(value);

    /// <summary>
    /// Fixes which gates the stacked parameters have and in which order; without it, they have those that are used, in the order of their first use. A gate that
    /// is named here and never used keeps its rows.
    /// </summary>
    /// <param name="names">All gates.</param>
    protected void GateOrder(params string[] names) => Execution.GateOrder(names);

    /// <summary>
    /// A gate's pre-activation <c>W x + b_ih + U h + b_hh</c>. Its rows are those of the gate in <c>weight_ih</c>, <c>weight_hh</c>, <c>bias_ih</c> and
    /// <c>bias_hh</c>, gates in the order of first use.
    /// </summary>
    /// <param name="name">The gate's name.</param>
    /// <param name="x">The layer's input; or any vector, of the same size for all gates.</param>
    /// <param name="h">What <c>U</c> multiplies: a state or any vector, of the same size for all gates.</param>
    /// <returns><see cref="Units"/> values.</returns>
    protected Vector Gate(string name, Vector x, Vector h) => Execution.Gate(name, x, h);

    /// <summary>A gate without a recurrent part: <c>W x + b_ih</c>.</summary>
    /// <inheritdoc cref="Gate(string, Vector, Vector)"/>
    protected Vector Gate(string name, Vector x) => Execution.Gate(name, x, null);

    /// <summary>
    /// The input's part of a gate, <c>W x + b_ih</c>, to be scaled and added to the other one: <c>InputGate("n", x) + r * StateGate("n", h)</c> is the reset gate
    /// after the product.
    /// </summary>
    /// <inheritdoc cref="Gate(string, Vector, Vector)"/>
    protected Vector InputGate(string name, Vector x) => Execution.Part(name, x, isOfState: false);

    /// <summary>The recurrent part of a gate, <c>U h + b_hh</c>.</summary>
    /// <inheritdoc cref="Gate(string, Vector, Vector)"/>
    protected Vector StateGate(string name, Vector h) => Execution.Part(name, h, isOfState: true);

    /// <summary>A matrix of its own times a vector, without a bias.</summary>
    /// <param name="name">The parameter's name: <c>lmu0.name</c>, <c>[units, vector's size]</c>.</param>
    /// <param name="vector">What it multiplies.</param>
    /// <param name="units">Rows; <see cref="Units"/> by default.</param>
    /// <param name="trained">Whether training changes it.</param>
    /// <returns><paramref name="units"/> values.</returns>
    protected Vector Product(string name, Vector vector, int? units = null, bool trained = true) => Execution.Product(name, vector, units ?? Units);

    /// <summary>A parameter vector, used elementwise: a diagonal matrix, a peephole, a bias.</summary>
    /// <param name="name">The parameter's name.</param>
    /// <param name="initial">Its initial value; by default, it is drawn like the other weights.</param>
    /// <param name="size">Its size; <see cref="Units"/> by default.</param>
    /// <param name="rows">How many such vectors the parameter holds, <c>[rows · size]</c>; with more than one, take one by its index: <c>p[0]</c>.</param>
    /// <param name="trained">Whether training changes it.</param>
    protected Vector Weight(string name, double? initial = null, int? size = null, int rows = 1, bool trained = true) =>
        Execution.Weight(name, size ?? Units, rows);

    /// <summary>A parameter that is one number, <c>[1]</c>, the same for all units.</summary>
    /// <param name="name">The parameter's name.</param>
    /// <param name="initial">Its initial value.</param>
    /// <param name="trained">Whether training changes it.</param>
    protected Vector Scalar(string name, double initial, bool trained = true) => Execution.Scalar(name);

    /// <summary>One feature of the layer's input, the same for all units, such as a time difference.</summary>
    /// <param name="index">From 0 to the number of features − 1.</param>
    protected Vector Feature(int index) => Execution.Feature(index);

    private CellExecution Execution => _execution ?? throw new InvalidOperationException(
        $"{GetType().Name}: equations can be used in Define only, which the generator or CellReference.Run calls.");

    /// <summary>Runs the equations of one step.</summary>
    internal void Execute(CellExecution execution, Vector x)
    {
        _execution = execution;
        try
        {
            Define(x);
        }
        finally
        {
            _execution = null;
        }
    }

    /// <summary>For <see cref="CellInitialization"/>.</summary>
    internal void InitializeParameter(string parameter, Span<float> values) => Initialize(parameter, values);
}
