using RnnGen.Generator.Ir.Programs;
using RnnGen.Generator.Planning;
using ProgramCondition = RnnGen.Generator.Ir.Programs.Condition;

namespace RnnGen.Generator.Tests.Programs;

/// <summary>
/// Executes in double precision the operations that the emitter prints: the loops that ship, with their strides, directions and chunks. It knows no cell and no
/// layer, so a test of what it computes is a test of the plan.
/// </summary>
internal sealed class ProgramInterpreter
{
    private readonly ProgramMemory _memory;
    private readonly KernelValues _kernels = new();
    private readonly Dictionary<string, long> _locals = [];
    private int _streamSteps;

    public ProgramInterpreter(ProgramMemory memory)
    {
        _memory = memory;
        Runtime = new RuntimeValues(memory, At, Value);
    }

    /// <summary>The runtime's methods.</summary>
    public RuntimeValues Runtime { get; }

    /// <summary>The instruction set whose steps of one stream are executed.</summary>
    public TargetPlan? Target { get; set; }

    /// <summary>Whether the next block of gradients is this thread's.</summary>
    public Func<bool> Takes { get; set; } = () => true;

    /// <summary>The forward pass of training over the view.</summary>
    public void Forward()
    {
        Run(_memory.Plan.Program.Tape!.PrepareForward);
        Run(_memory.Plan.Program.Tape!.Forward);
    }

    /// <summary>The backward pass of training over the view, and the gradients of weights.</summary>
    public void Backward()
    {
        Run(_memory.Plan.Program.Tape!.PrepareBackward);
        Run(_memory.Plan.Program.Tape!.Backward);
        Run(_memory.Plan.Program.Tape!.Gradients);
    }

    /// <summary>Runs the batch.</summary>
    public void RunBatch() => Run(_memory.Plan.Program.Batch[0]);

    /// <summary>Runs one stream from a state on.</summary>
    public void RunStream(double[] state, double[] frames, double[] outputs, int steps)
    {
        _memory.Bind(Memory.State, new Address(state, 0));
        _memory.Bind(Memory.Inputs, new Address(frames, 0));
        _memory.Bind(Memory.Outputs, new Address(outputs, 0));
        _streamSteps = steps;
        Run(Target!.Stream!);
    }

    public void Run(Routine routine) => Run(routine.Body);

    private void Run(IReadOnlyList<Operation> operations)
    {
        foreach (var operation in operations)
            Run(operation);
    }

    private void Run(Operation operation)
    {
        switch (operation)
        {
            case Remark or BeginBlocks or Bind { As: Memory.Region or Memory.Gradients }:
                break;
            case Let let:
                _locals[let.Name] = Value(let.Value);
                break;
            case Assign assign:
                Assert.True(_locals.ContainsKey(assign.Name), $"{assign.Name} is not declared");
                _locals[assign.Name] = Value(assign.Value);
                break;
            case Bind bind:
                _memory.Bind(bind.As, At(bind.Place));
                break;
            case ForEach loop:
                if (loop.Carried is { } carried)
                    _locals[carried.Name] = Value(carried.Value);
                for (long turn = 0, count = Value(loop.Count); turn < count; turn++)
                {
                    _locals[loop.Name] = loop.Reverse ? count - 1 - turn : turn;
                    Run(loop.Body);
                }

                break;
            case ForChunks loop:
                Chunks(loop);
                break;
            case ForSpans loop:
                Spans(loop);
                break;
            case When conditional when Holds(conditional.Condition):
                Run(conditional.Body);
                break;
            case When:
                break;
            case Turn turn:
                var place = At(turn.Place);
                _locals[turn.Name] = (long)(place[0] = 1 - place[0]);
                break;
            case CallRoutine call:
                Run(call.Routine);
                break;
            case CallKernel call:
                _kernels.Call(call.Kernel, call.References.Select(At).ToList(), Value(call.Rows));
                break;
            case CallStep call:
                var kernel = (StepKernel)call.Kernel;
                _kernels.Step(kernel, Target!.Steps[kernel.Stage.Id], call.References.Select(At).ToList(), call.Backwards is { } way && _locals[way] != 0);
                break;
            case RuntimeCall call:
                Runtime.Call(call);
                break;
            default:
                throw new ArgumentException($"no meaning of {operation.GetType().Name}");
        }
    }

    private void Chunks(ForChunks loop)
    {
        long from = Value(loop.From), to = Value(loop.To), most = Value(loop.Most);
        for (long left = to - from, size; left > 0; left -= size)
        {
            size = Math.Min(most, left);
            _locals[loop.Size] = size;
            _locals[loop.Name] = loop.Reverse ? from + left - size : to - left;
            Run(loop.Body);
        }
    }

    private void Spans(ForSpans loop)
    {
        long all = Value(loop.All), chunk = Value(loop.Chunk);
        bool whole = Holds(ProgramCondition.ViewIsWhole);
        for (long row = _memory.ViewFirst; row < all; row += whole ? chunk : _memory.Batch)
        {
            _locals[loop.Name] = row;
            _locals[loop.Size] = whole ? Math.Min(chunk, all - row) : _memory.ViewCount;
            Run(loop.Body);
        }
    }

    private bool Holds(ProgramCondition condition) => condition switch
    {
        ProgramCondition.ViewIsWhole => _memory.ViewCount == _memory.Batch,
        ProgramCondition.ViewIsShare => _memory.ViewCount != _memory.Batch,
        ProgramCondition.WantsOutputs or ProgramCondition.WantsInputGradients => true,
        ProgramCondition.TakesBlock => Takes(),
        _ => throw new ArgumentOutOfRangeException(nameof(condition)),
    };

    private Address At(Reference place)
    {
        var buffer = place.Buffer;
        long offset = Value(place.Offset);
        return buffer.Memory switch
        {
            Memory.Region => new Address(_memory.Region(buffer.Name), offset),
            Memory.Sequences => _memory.Base(Memory.Sequences).Further((_locals["kept"] * buffer.Offset) + offset),
            _ => _memory.Base(buffer.Memory).Further(buffer.Offset + offset),
        };
    }

    private long Value(Integer value) => value switch
    {
        Literal literal => literal.Value,
        Local local => _locals[local.Name],
        NamedOffset offset => offset.Value,
        Known known => known.Size,
        Sum sum => Value(sum.Left) + Value(sum.Right),
        Difference difference => Value(difference.Left) - Value(difference.Right),
        Product product => Value(product.Left) * Value(product.Right),
        Parity parity => Value(parity.Value) & 1,
        StepsAtOnce steps => _memory.ViewCount == _memory.Batch ? Math.Max(1, steps.Rows / _memory.Batch) : 1,
        HostValue host => Value(host.Quantity),
        _ => throw new ArgumentException($"no value of {value.GetType().Name}"),
    };

    private long Value(HostQuantity quantity) => quantity switch
    {
        HostQuantity.StreamSteps => _streamSteps,
        HostQuantity.BatchSteps or HostQuantity.TapeSteps => _memory.Steps,
        HostQuantity.BatchSize or HostQuantity.TapeSize => _memory.Batch,
        HostQuantity.BatchFirst or HostQuantity.ViewFirst => _memory.ViewFirst,
        HostQuantity.BatchEnd => _memory.ViewFirst + _memory.ViewCount,
        HostQuantity.ViewCount => _memory.ViewCount,
        _ => throw new ArgumentOutOfRangeException(nameof(quantity)),
    };
}
