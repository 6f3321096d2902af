package main

import (
	"context"
	"fmt"
	"sync"
	"time"

	"google.golang.org/grpc/codes"
	pb "google.golang.org/grpc/interop/grpc_testing"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/types/known/wrapperspb"
)

// suiteServer is the suite's own, with more in its unary call.
type suiteServer struct {
	pb.TestServiceServer
	lock   sync.Mutex
	ending string // of a duplex stream that was given up, until somebody asks
}

func (s *suiteServer) UnaryCall(c context.Context, in *pb.SimpleRequest) (*pb.SimpleResponse, error) {
	if in.GetResponseStatus().GetCode() == int32(codes.FailedPrecondition) {
		return nil, withDetails(in.ResponseStatus.Message)
	}
	out, err := s.TestServiceServer.UnaryCall(c, in)
	if err != nil {
		return nil, err
	}
	if in.FillUsername {
		if deadline, told := c.Deadline(); told {
			out.Username = fmt.Sprint(time.Until(deadline).Milliseconds())
		}
	}
	if in.FillOauthScope {
		s.lock.Lock()
		defer s.lock.Unlock()
		out.OauthScope, s.ending = s.ending, ""
	}
	return out, nil
}

func withDetails(message string) error {
	told, err := status.New(codes.FailedPrecondition, message).WithDetails(wrapperspb.String(message))
	must(err)
	return told.Err()
}

func (s *suiteServer) FullDuplexCall(stream pb.TestService_FullDuplexCallServer) error {
	err := s.TestServiceServer.FullDuplexCall(stream)
	if stream.Context().Err() == context.Canceled {
		s.lock.Lock()
		defer s.lock.Unlock()
		s.ending = "cancelled"
	}
	return err
}
