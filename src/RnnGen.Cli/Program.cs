return RnnGen.Cli.CommandLine.Tool.Run(args, Console.Out, Console.Error);
