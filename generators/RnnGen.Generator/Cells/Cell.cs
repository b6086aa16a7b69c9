using RnnGen.Generator.Ir;
using RnnGen.Generator.Spec;

namespace RnnGen.Generator.Cells;

/// <summary>
/// A layer's arithmetic as its forward equations. A cell states them with the methods below, in <see cref="Equations"/>; the backward pass, the tape, the
/// kernels and the layout of the weights are derived from them.
/// </summary>
internal abstract class Cell(string kind, int units)
{
    private CellGraphBuilder _builder = null!;

    /// <summary>The size of the cell's vectors, unless a stage says otherwise.</summary>
    protected int Units => units;

    /// <summary>The variable of the layer's input vector, for <see cref="Product"/>.</summary>
    protected static VectorSource Input { get; } = new(SourceKind.Input, "x");

    /// <summary>Whether the equations are those of training, which may have noise.</summary>
    protected bool Taped { get; private set; }

    /// <summary>The cell as data.</summary>
    /// <param name="taped">Whether for training.</param>
    public CellGraph ToGraph(bool taped = false)
    {
        Taped = taped;
        _builder = new CellGraphBuilder(kind, units);
        Declare();
        Prelude();
        Equations();
        return _builder.Build();
    }

    /// <summary>Declares states and parameters, in canonical order.</summary>
    protected abstract void Declare();

    /// <summary>Writes equations that come before those of <see cref="Equations"/>.</summary>
    protected virtual void Prelude()
    {
    }

    /// <summary>Writes the equations of one time step.</summary>
    protected abstract void Equations();

    /// <summary>Declares a state of that many units.</summary>
    protected void DeclareState(string name, int size) => _builder.AddState(new CellState(name, size));

    /// <summary>Declares a state to which each step adds, and the state of what rounding has taken from it so far; <see cref="Total"/> sets both.</summary>
    protected void DeclareTotal(string name, int size)
    {
        _builder.AddState(new CellState(name, size));
        _builder.AddState(new CellState(LostOf(name), size));
    }

    /// <summary>Declares a matrix [gates × units, columns]; see <see cref="CellGraphBuilder.InputColumns"/> for a matrix that multiplies the input.</summary>
    protected void DeclareMatrix(string name, int gates, int rows, int columns, int fanIn) =>
        _builder.AddParameter(new CellParameter(name, gates, rows, columns, fanIn));

    /// <summary>The same with names for the gates, which appear where equations are shown.</summary>
    protected void DeclareMatrix(string name, IReadOnlyList<string> gates, int rows, int columns, int fanIn) =>
        _builder.AddParameter(new CellParameter(name, gates.Count, rows, columns, fanIn) { GateNames = gates });

    /// <summary>Declares a matrix in any other form.</summary>
    protected void DeclareMatrix(CellParameter parameter) => _builder.AddParameter(parameter);

    /// <summary>Declares a vector [gates × units]: a bias, or a diagonal matrix.</summary>
    protected void DeclareVector(string name, int gates, int rows, int fanIn) => _builder.AddParameter(new CellParameter(name, gates, rows, 0, fanIn));

    /// <summary>
    /// The same with names for the gates, which appear where equations are shown, and what each gate's values are at first, where they are not drawn.
    /// </summary>
    protected void DeclareVector(string name, IReadOnlyList<string> gates, int rows, int fanIn, Func<string, float?>? initial = null) =>
        _builder.AddParameter(new CellParameter(name, gates.Count, rows, 0, fanIn)
        {
            GateNames = gates,
            InitialValues = gates.Select(initial ?? (_ => null)).ToList(),
        });

    /// <summary>A vector that comes from outside and is used elementwise: the output of another layer, or noise. Its size is that of the stage.</summary>
    protected Expr Aligned(string name) => _builder.Align(name);

    /// <summary>Names a value; the name survives into the generated code.</summary>
    protected Expr Let(string name, Expr value) => _builder.Let(name, value);

    /// <summary>The state as the last step left it.</summary>
    protected Expr State(string name) => new Variable(CellState.PreviousOf(name));

    /// <summary>Sets the state for the next step.</summary>
    protected Expr Next(string state, Expr value) => _builder.Let(state, value);

    /// <summary>
    /// Adds to a total (Kahan 1965): what rounding takes from the sum is added with the next step's value. So the total is off by 2⁻²³ of the sum of all
    /// magnitudes at most, however many steps there are up to 2⁴⁶, where plain addition is off by that much after two of them.
    /// </summary>
    protected Expr Total(string name, Expr value)
    {
        string lost = LostOf(name);
        var added = Let(name + "Added", value + State(lost));
        var total = Next(name, State(name) + added);
        Next(lost, new SumError(State(name), added));
        return total;
    }

    private static string LostOf(string total) => total + "Lost";

    /// <summary>Says which value is the cell's output; the first state unless said.</summary>
    protected void Output(Expr value) => _builder.SetOutput(value);

    /// <summary>A pre-activation: the sum of products and biases.</summary>
    protected Expr Sum(string name, params Term[] terms) => _builder.Accumulate(name, terms);

    /// <summary>One gate of a matrix times a vector: the input, a state, or a value of an earlier stage.</summary>
    protected static Term Product(string matrix, int gate, VectorSource vector) => new(matrix, gate, vector);

    /// <summary>One gate of a bias.</summary>
    protected static Term Bias(string bias, int gate) => new(bias, gate, null);

    /// <summary>One gate of a parameter vector, used elementwise: a peephole.</summary>
    protected Expr Diagonal(string parameter, int gate, string variable) => _builder.Use(new Diagonal(variable, parameter, gate));

    /// <summary>The state as a vector to multiply.</summary>
    protected static VectorSource StateVector(string name) => new(SourceKind.State, name);

    /// <summary>A value of an earlier stage as a vector to multiply.</summary>
    protected static VectorSource Vector(Expr value) => new(SourceKind.Stage, ((Variable)value).Name);

    /// <summary>The mean over the units of a value of an earlier stage, for each unit the same.</summary>
    protected Expr Mean(string name, Expr value) => _builder.Average(new Mean(name, ((Variable)value).Name, 0, _builder.StageUnits));

    /// <summary>The largest of the units of a value of an earlier stage, for each unit the same; for equations whose result does not depend on it.</summary>
    protected Expr Maximum(string name, Expr value) => _builder.Average(new Mean(name, ((Variable)value).Name, 0, _builder.StageUnits) { IsMaximum = true });

    /// <summary>Ends a stage: what follows may multiply matrices with what came before.</summary>
    protected void NextStage(int stageUnits) => _builder.BeginStage(stageUnits);

    /// <summary>An activation, as the layer's options say, of a value.</summary>
    /// <param name="name">The name of what it gives.</param>
    /// <param name="spec">The layer's options.</param>
    /// <param name="option">The activation's option: <c>GateActivation</c>, whose α and β are <c>GateAlpha</c> and <c>GateBeta</c>.</param>
    /// <param name="byDefault">The activation where the option is not given.</param>
    /// <param name="value">What it is applied to.</param>
    protected Expr Activate(string name, LayerSpec spec, string option, string byDefault, Expr value)
    {
        string activation = spec.Text(option, byDefault);
        if (activation == ActivationKind.Softmax)
            return Softmax(name, value);
        var row = ActivationKind.Find(activation) ?? throw new ArgumentException($"{kind}: no activation '{activation}'");
        var (alpha, beta) = (spec.Real(ActivationKind.AlphaOf(option)), spec.Real(ActivationKind.BetaOf(option)));
        bool repeats = row.At(new Variable("x"), alpha, beta).Variables.Count() > 1;
        return row.At(repeats && value is not Variable ? Let(name + "Arg", value) : value, alpha, beta);
    }

    /// <summary>
    /// e^(xᵢ − m) / Σⱼ e^(xⱼ − m), in two more stages. It is the same whatever m is; with the largest x, no power overflows and their sum is 1 at least.
    /// </summary>
    private Expr Softmax(string name, Expr value)
    {
        var logit = Let(name + "Logit", value);
        NextStage(Units);
        var power = Let(name + "Power", new Apply(Function.Exp, logit - Maximum(name + "Largest", logit)));
        NextStage(Units);
        return power * Reciprocal(Units * Mean(name + "Mean", power));
    }

    /// <summary>1 / √(variance + 1e-5), of normalisation.</summary>
    protected static Expr InverseDeviation(Expr variance) => new Apply(Function.InverseSqrt, variance + 1e-5f);

    protected static Expr Sigmoid(Expr value) => new Apply(Function.Sigmoid, value);

    protected static Expr Tanh(Expr value) => new Apply(Function.Tanh, value);

    /// <summary>One value where a condition is positive, another elsewhere.</summary>
    protected static Expr Select(Expr condition, Expr positive, Expr otherwise) => new Select(condition, positive, otherwise);

    /// <summary>1 where the value is positive, else 0; nothing flows back through it.</summary>
    protected static Expr Positive(Expr value) => new Apply(Function.Positive, value);

    protected static Expr Reciprocal(Expr value) => new Apply(Function.Reciprocal, value);

    protected static Expr Relu(Expr value) => new Apply(Function.Relu, value);
}
